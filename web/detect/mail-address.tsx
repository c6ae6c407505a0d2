import type { AlertSourceView } from '#detect/contract';
import { CopyLine } from '../ui/copy-button.tsx';
import { Note } from '../ui/error-note.tsx';

/** Where to send mail, or why there is nowhere yet. */
export function MailAddress({ source }: { source: AlertSourceView }) {
  if (source.mailAddress === null)
    return (
      <Note tone="warn">
        This installation takes no mail yet. Set ALLCLEAR_MAIL_IN_PORT and start it again; the address then stands here.
      </Note>
    );
  return (
    <div className="grid gap-1">
      <CopyLine label={`Mail address of ${source.name}`} text={source.mailAddress} />
      <p className="text-xs text-muted">
        {source.kind === 'ticket' ? (
          'Let your support address forward to it: a customer’s mail is a ticket, and what answers it belongs to the same one. Nobody is ever answered from here.'
        ) : (
          <>Mails to {source.mailAddress.replace('@', '+disk-db1@')} are all about the alert with the key disk-db1.</>
        )}
      </p>
    </div>
  );
}
