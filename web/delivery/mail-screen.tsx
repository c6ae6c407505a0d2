import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { readMailSettings, releaseHeldMail } from '#delivery/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { plural } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Panel, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { MailForm } from './mail-form.tsx';
import type { MailSettings } from './mail-settings.ts';
import { MailTest } from './mail-test.tsx';

export function MailScreen() {
  const settings = useRead(readMailSettings, {}, ['settings', 'deliveries']);
  return (
    <Page title="Mail" narrow below="Pages, invites and status updates leave through this mail server.">
      <Loaded read={settings} rows={3}>
        {(mail) => (
          <div className="grid gap-8">
            <MailState mail={mail} />
            <Section title="Mail server">
              <MailForm mail={mail} server="first" key={`${mail.source} ${mail.host ?? ''}`} />
            </Section>
            {mail.configured ? (
              <>
                <SpareServer mail={mail} />
                <Section title="Test">
                  <MailTest hasSpare={mail.spare !== null} />
                </Section>
              </>
            ) : null}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

const none = { source: 'none', host: null, port: null, security: null, username: null, passwordSet: false } as const;

/** Another server, for when the first one fails or is slow. Folded away until somebody wants one. */
function SpareServer({ mail }: { mail: MailSettings }) {
  const [adding, setAdding] = useState(false);
  const { spare } = mail;
  return (
    <Section title="Second mail server" aside="tried when the first one fails or is slow">
      {spare === null && !adding ? (
        <Panel className="flex flex-wrap items-center justify-between gap-3 p-4">
          <span className="text-muted">None: while the first one is away, mails wait for it.</span>
          <Button onClick={() => setAdding(true)}>Add a second server</Button>
        </Panel>
      ) : (
        <div className="grid gap-2">
          {spare?.source === 'environment' ? (
            <Note>ALLCLEAR_SMTP_SPARE_URL sets it. What you save here wins over it.</Note>
          ) : null}
          <MailForm
            mail={spare ?? { ...none, from: mail.from }}
            server="spare"
            key={`${spare?.source ?? 'none'} ${spare?.host ?? ''}`}
          />
        </div>
      )}
    </Section>
  );
}

function MailState({ mail }: { mail: MailSettings }) {
  const release = useAct(releaseHeldMail, {
    touches: ['settings', 'deliveries'],
    onDone: ({ released }) => toast({ text: `${plural(released, 'held mail')} on the way` }),
  });
  return (
    <div className="grid gap-2">
      {mail.configured ? null : (
        <Note tone="warn">
          No mail server is set, so mails are held. Everything that would have gone out is in the outbox.
        </Note>
      )}
      {mail.source === 'environment' ? (
        <Note>ALLCLEAR_SMTP_URL sets the server in force. What you save here wins over it.</Note>
      ) : null}
      {mail.lastFailure === null ? null : (
        <Note tone="bad">
          The last mail failed <RelativeTime at={mail.lastFailure.at} show="relative" />: {mail.lastFailure.why}
        </Note>
      )}
      {mail.lastFailure !== null || mail.lastSentNote === null || mail.lastSentAt === null ? null : (
        <Note tone="warn">
          The last mail, <RelativeTime at={mail.lastSentAt} show="relative" />: {mail.lastSentNote}
        </Note>
      )}
      {mail.heldCount === 0 ? null : (
        <Note tone="accent">
          {plural(mail.heldCount, 'mail')} held, {mail.releasableCount} still worth sending.{' '}
          <Link to="/settings/outbox" className={textLink}>
            Look at the outbox
          </Link>
          {mail.configured && mail.releasableCount > 0 ? (
            <div className="mt-2">
              <Button size="sm" busy={release.isPending} onClick={() => release.mutate({})}>
                Send what is still current
              </Button>
            </div>
          ) : null}
        </Note>
      )}
      <ErrorNote error={release.error} />
    </div>
  );
}
