import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type ContactMethodView, deleteContactMethod, testContactMethod, verifyContactMethod } from '#respond/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { textLink } from '../ui/link.ts';
import { Row } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { useForm } from '../ui/use-form.ts';
import { channels, nameOf } from './channels.ts';
import { unsubscribeFrom } from './push-subscription.ts';

const touches = ['settings', 'members', 'policies', 'deliveries'];

/** One way to reach you: its state, its test, and while it is unproved the box for its code. */
export function ContactRow({ method }: { method: ContactMethodView }) {
  const params = { id: method.id };
  const neverSent = method.verifiedAt === null && method.testedAt === null;
  const [removing, setRemoving] = useState(false);
  const test = useAct(testContactMethod, { touches });
  const remove = useAct(deleteContactMethod, {
    touches,
    onDone: () => {
      toast({ text: 'Contact method removed' });
      if (method.kind === 'webpush') void unsubscribeFrom(method.address);
    },
  });
  return (
    <Row>
      <div className="flex flex-wrap items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{channels[method.kind].name}</span>
            {method.lostAt !== null ? (
              <Badge tone="bad" glyph="cross">
                Lost
              </Badge>
            ) : method.verifiedAt === null ? (
              <Badge tone="warn" glyph="ring">
                Not verified
              </Badge>
            ) : (
              <Badge tone="ok" glyph="check">
                Verified
              </Badge>
            )}
          </p>
          <p className="truncate text-muted" title={method.address}>
            {nameOf(method)}
          </p>
          {method.testedAt === null ? null : (
            <p className="text-xs text-muted">
              last tried <RelativeTime at={method.testedAt} />
            </p>
          )}
        </div>
        {method.lostAt === null && method.startUrl === null ? (
          <Button
            size="sm"
            {...(neverSent ? { variant: 'primary' } : {})}
            busy={test.isPending}
            onClick={() => test.mutate({ params })}
          >
            {method.verifiedAt !== null ? 'Send test' : neverSent ? 'Send a code' : 'Send the code again'}
          </Button>
        ) : null}
        <Button size="sm" variant="ghost" onClick={() => setRemoving(true)}>
          Remove
        </Button>
      </div>
      <div className="mt-2 grid gap-2 empty:hidden">
        {method.problem === null || test.data !== undefined ? null : (
          <Note tone="warn">
            {method.problem} <MailLink problem={method.problem} />
          </Note>
        )}
        {test.data === undefined ? null : (
          <Note tone={test.data.ok ? 'ok' : 'bad'} role="status">
            {test.data.message} <MailLink problem={test.data.message} />
          </Note>
        )}
        <ErrorNote error={test.error} />
        {method.startUrl === null ? null : <StartLink url={method.startUrl} />}
        {method.verifiedAt === null && !neverSent && method.lostAt === null && method.startUrl === null ? (
          <CodeForm id={method.id} onVerified={test.reset} />
        ) : null}
      </div>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${nameOf(method)}?`}
        consequence="Pages no longer go there, and its rules are removed with it."
        act="Remove"
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params })}
      />
    </Row>
  );
}

/** Opens Telegram with the Start button that connects it. */
export function StartLink({ url }: { url: string }) {
  return (
    <p>
      <a href={url} target="_blank" rel="noreferrer" className={textLink}>
        Open Telegram and press Start
      </a>
    </p>
  );
}

function MailLink({ problem }: { problem: string }) {
  const mayManage = useMay('workspace.manage');
  if (!mayManage || !problem.includes('Mail is not configured')) return null;
  return (
    <Link to="/settings/mail" className={textLink}>
      Set up mail
    </Link>
  );
}

function CodeForm({ id, onVerified }: { id: string; onVerified: () => void }) {
  const verify = useAct(verifyContactMethod, {
    touches,
    onDone: () => {
      onVerified();
      toast({ text: 'Verified: pages can reach you there' });
    },
  });
  const form = useForm({
    initial: { code: '' },
    submit: ({ code }) => verify.mutateAsync({ params: { id }, body: { code: code.replaceAll(/\s/g, '') } }),
  });
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-wrap items-end gap-2">
      <Field label="The code that arrived" error={form.error('code')} className="w-44">
        <Input {...form.text('code')} mono autoComplete="one-time-code" inputMode="numeric" />
      </Field>
      <Button type="submit" variant="primary" busy={form.busy}>
        Verify
      </Button>
      <ErrorNote error={form.problem} shown={form.fields} className="basis-full" />
    </form>
  );
}
