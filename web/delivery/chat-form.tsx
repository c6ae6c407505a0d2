import { useState } from 'react';
import {
  type ChatKind,
  type ChatSettingsInput,
  removeChatSettings,
  saveChatSettings,
  testChatSettings,
} from '#delivery/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { CopyLine } from '../ui/copy-button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { chatServices } from './chat-services.ts';

const touches = ['settings', 'members', 'deliveries'];

/** Connects a chat, or what one does with a connected one: test it, give it new tokens, disconnect it. */
export function ChatForm({ kind, connected, hookUrl }: { kind: ChatKind; connected: boolean; hookUrl: string | null }) {
  const [open, setOpen] = useState(false);
  const { name } = chatServices[kind];
  return (
    <>
      {connected ? <ConnectedActs kind={kind} onChange={() => setOpen(true)} /> : null}
      {connected || open ? null : (
        <div>
          <Button variant="primary" onClick={() => setOpen(true)}>
            Connect {name}
          </Button>
        </div>
      )}
      {open ? <TokenForm kind={kind} hookUrl={hookUrl} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ConnectedActs({ kind, onChange }: { kind: ChatKind; onChange: () => void }) {
  const { name } = chatServices[kind];
  const params = { kind };
  const [removing, setRemoving] = useState(false);
  const test = useAct(testChatSettings, { touches });
  const remove = useAct(removeChatSettings, { touches, onDone: () => toast({ text: `${name} disconnected` }) });
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" busy={test.isPending} onClick={() => test.mutate({ params })}>
          Test the connection
        </Button>
        <Button size="sm" onClick={onChange}>
          Change tokens
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setRemoving(true)}>
          Disconnect
        </Button>
      </div>
      {test.data === undefined ? null : (
        <Note tone={test.data.ok ? 'ok' : 'bad'} role="status">
          {test.data.message}
        </Note>
      )}
      <ErrorNote error={test.error} />
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Disconnect ${name}?`}
        consequence="Nobody is paged there any more. Contact methods stay, and work again once it is connected again."
        act="Disconnect"
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params })}
      />
    </>
  );
}

function TokenForm({ kind, hookUrl, onClose }: { kind: ChatKind; hookUrl: string | null; onClose: () => void }) {
  const { name, fields, steps } = chatServices[kind];
  const save = useAct(saveChatSettings, { touches });
  const initial: Record<string, string> = Object.fromEntries(fields.map((field) => [field.name, '']));
  const form = useForm({
    initial,
    submit: async (values) => {
      const { account, bot } = await save.mutateAsync({ body: { kind, ...values } as ChatSettingsInput });
      toast({ text: `Connected to ${account ?? name} as ${bot ?? name}` });
      onClose();
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit} className="grid gap-4 border-t border-line pt-4">
      <ol className="grid list-decimal gap-1 pl-5 text-muted">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {hookUrl === null ? null : <CopyLine label="Request URL" text={hookUrl} />}
      {fields.map((field) => (
        <Field key={field.name} label={field.label} hint={field.hint} error={form.error(field.name)}>
          <Input
            name={field.name}
            value={form.values[field.name] ?? ''}
            onChange={(event) => form.set(field.name, event.target.value)}
            type={field.plain ? 'text' : 'password'}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Field>
      ))}
      <ErrorNote error={form.problem} shown={form.fields} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={form.busy}>
          Try and save
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
