import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { callbackify } from 'node:util';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export type ReceivedMail = {
  /** Whom servers tell of a failure. */
  readonly returnPath: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly headers: ReadonlyMap<string, unknown>;
  /** Every URL of the text. */
  readonly links: readonly string[];
  readonly atMs: number;
};

export type SmtpSink = {
  /** For ALLCLEAR_SMTP_URL. */
  readonly url: string;
  readonly port: number;
  readonly mails: ReceivedMail[];
  /** From now on recipients are refused with this code (550 for good, 451 for now); null = accepted again. */
  readonly refuseWith: (code: number | null) => void;
  /** From now on each mail is answered only after this long. */
  readonly delayBy: (ms: number) => void;
  readonly to: (address: string) => ReceivedMail[];
  readonly close: () => Promise<void>;
};

/** A real SMTP server that keeps what it is given. With `account` it insists on that user and password. */
export async function createSmtpSink(
  options: { port?: number; account?: { user: string; pass: string }; server?: SMTPServerOptions } = {},
): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  let refusal: number | null = null;
  let delayMs = 0;
  const { account } = options;
  const server = new SMTPServer({
    authOptional: !account,
    disabledCommands: account ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    logger: false,
    // Ours keep their connections; the server need not wait for them.
    closeTimeout: 50,
    onAuth(auth, _session, done) {
      const ok = auth.username === account?.user && auth.password === account?.pass;
      if (ok) done(null, { user: auth.username });
      else done(Object.assign(new Error('Invalid user name or password'), { responseCode: 535 }));
    },
    onRcptTo(_address, _session, done) {
      if (refusal === null) done();
      else done(Object.assign(new Error('refused by the test'), { responseCode: refusal }));
    },
    onData(stream, session, done) {
      const read = async () => {
        const parsed = await simpleParser(stream);
        if (delayMs > 0) await sleep(delayMs);
        const text = parsed.text ?? '';
        const { mailFrom } = session.envelope;
        mails.push({
          returnPath: mailFrom === false ? '' : mailFrom.address,
          from: parsed.from?.text ?? '',
          to: session.envelope.rcptTo.map(({ address }) => address).join(','),
          subject: parsed.subject ?? '',
          text,
          html: parsed.html || '',
          messageId: parsed.messageId ?? '',
          headers: parsed.headers,
          links: text.match(/https?:\/\/[^\s<>")]+/g) ?? [],
          atMs: Date.now(),
        });
      };
      callbackify(read)((error) => done(error));
    },
    ...options.server,
  });
  server.on('error', () => undefined);
  const listener = server.listen(options.port ?? 0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const credentials = account ? `${encodeURIComponent(account.user)}:${encodeURIComponent(account.pass)}@` : '';
  return {
    url: `smtp://${credentials}127.0.0.1:${port}`,
    port,
    mails,
    refuseWith: (code) => void (refusal = code),
    delayBy: (ms) => void (delayMs = ms),
    to: (address) => mails.filter((mail) => mail.to === address),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
