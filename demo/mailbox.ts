import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

type Mail = { readonly to: string; readonly subject: string; readonly text: string; readonly receivedAt: Date };

export type Mailbox = {
  readonly smtpUrl: string;
  /** Everything received so far. */
  readonly mails: readonly Mail[];
  /** The first mail, past or future, that passes the test. */
  readonly waitFor: (what: string, test: (mail: Mail) => boolean, timeoutMs: number) => Promise<Mail>;
  readonly close: () => Promise<void>;
};

/** A real SMTP server on loopback that keeps what it receives. */
export async function openMailbox(): Promise<Mailbox> {
  const mails: Mail[] = [];
  const waiting = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      simpleParser(stream).then((parsed) => {
        const to = session.envelope.rcptTo.map((recipient) => recipient.address).join(', ');
        mails.push({ to, subject: parsed.subject ?? '', text: parsed.text ?? '', receivedAt: new Date() });
        for (const look of waiting) look();
        done();
      }, done);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mails,
    waitFor: (what, test, timeoutMs) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = mails.find(test);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no mail came: ${what}`));
        }, timeoutMs);
        waiting.add(look);
        look();
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
