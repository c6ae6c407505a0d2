import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { callbackify } from 'node:util';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from 'smtp-server';
import { hearBounce, readReturnPath, type Returned } from '#delivery';
import { AppError } from '#kernel/errors.ts';
import type { MailIn } from '#platform/config.ts';
import type { System } from '#platform/ctx.ts';
import { gateOf } from '../limit/gate.ts';
import { doorOf } from '../signal/door.ts';
import { createRefusedLog, type RefusedLog } from '../signal/note-refused.ts';
import { createMailIntake, type MailIntake } from './accept-mail.ts';
import { READ_BYTES, readMail } from './read-mail.ts';
import { readRecipient, type Recipient } from './recipient.ts';

/** What others send by mail; little of it is read, and no more is held. */
const MAX_BYTES = 25 * 1024 * 1024;
const MAX_RECIPIENTS = 20;
const MAX_CONNECTIONS = 100;
const SILENT_MS = 60_000;
const CLOSE_MS = 3_000;

/** A refusal in the words of SMTP: 4xx = send again, 5xx = never. */
class MailRefused extends Error {
  readonly responseCode: number;
  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

const tooLarge = () => new MailRefused(552, `The mail is larger than ${MAX_BYTES} bytes`);
const notNow = () => new MailRefused(451, 'Cannot be stored at the moment, nothing was taken in; send it again');

/**
 * Listens for mail. A mail is answered with 250 after its signals are committed, and with 451 when that did not work,
 * so a sender's mail server keeps it; an address that is none of ours is refused before the mail is sent.
 */
export async function startMailIn(system: System, mailIn: MailIn): Promise<() => Promise<void>> {
  const server = new SMTPServer(await optionsOf(system, mailIn));
  // A connection that breaks is its sender's; what listening itself meets is told below.
  server.on('error', (error) => system.log.debug({ err: String(error) }, 'a mail connection broke'));
  const listening = server.listen(mailIn.port, mailIn.host);
  try {
    await once(listening, 'listening');
  } catch (error) {
    throw explain(error, mailIn);
  }
  system.log.info({ port: mailIn.port, domain: mailIn.domain }, 'listening for mail');
  return () => new Promise((resolve) => server.close(() => resolve()));
}

async function optionsOf(system: System, mailIn: MailIn): Promise<SMTPServerOptions> {
  const intake = createMailIntake(system);
  const noteRefused = createRefusedLog(system);
  const { tls, domain } = mailIn;
  const certificate = tls === undefined ? {} : { cert: await readFile(tls.certFile), key: await readFile(tls.keyFile) };
  return {
    ...certificate,
    name: domain,
    banner: 'Allclear',
    logger: false,
    disabledCommands: tls === undefined ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    size: MAX_BYTES,
    rejectOversized: true,
    // Of a mail that says beforehand that it is larger, the addresses are heard first: their sources say that it came.
    hideSize: true,
    maxRecipients: MAX_RECIPIENTS,
    maxClients: MAX_CONNECTIONS,
    socketTimeout: SILENT_MS,
    closeTimeout: CLOSE_MS,
    onRcptTo: (address, { envelope: { mailFrom } }, done) => {
      const size =
        mailFrom === false ? 0 : Number(((mailFrom.args as { SIZE?: string } | false | undefined) || {}).SIZE ?? 0);
      callbackify(() => checkRecipient(system, intake, address.address, { domain, size }))((error) => done(error));
    },
    onData: (stream, session, done) => {
      const addresses = session.envelope.rcptTo.map(({ address }) => address);
      const to = session.envelope.rcptTo.flatMap(({ address }) => readRecipient(address, domain) ?? []);
      const { mailFrom } = session.envelope;
      const from = mailFrom === false ? null : mailFrom.address;
      callbackify(() => take(system, intake, noteRefused, { stream, to, from, addresses, domain }))((error, said) =>
        done(error, said),
      );
    },
  };
}

async function checkRecipient(
  system: System,
  intake: MailIntake,
  address: string,
  { domain, size }: { readonly domain: string; readonly size: number },
): Promise<void> {
  if ((await orNotNow(system, () => readReturnPath(system, address, domain))) !== null) return;
  const recipient = readRecipient(address, domain);
  const source = recipient && (await orNotNow(system, () => intake.find(recipient)));
  if (source === null) throw new MailRefused(550, 'No alert source takes mail at this address');
  if (size > MAX_BYTES) {
    await doorOf(system).refuseSize(source, 'mail', { head: new Uint8Array(), bytes: size, limit: MAX_BYTES });
    throw tooLarge();
  }
  const gate = gateOf(system);
  const seconds = gate.secondsUntilOpen(source);
  if (seconds === 0) return;
  gate.turnedAway(source, 'limit');
  throw new MailRefused(
    451,
    `This source takes ${source.signalsPerMinute} mails a minute; send it again in ${seconds} s`,
  );
}

async function take(
  system: System,
  intake: MailIntake,
  noteRefused: RefusedLog,
  sent: {
    readonly stream: SMTPServerDataStream;
    readonly to: readonly Recipient[];
    readonly from: string | null;
    readonly addresses: readonly string[];
    readonly domain: string;
  },
): Promise<string> {
  const { to: recipients, from } = sent;
  const { bytes, size } = await readAll(sent.stream);
  if (size > MAX_BYTES) {
    for (const recipient of recipients) {
      const source = await intake.find(recipient).catch(() => null);
      const oversized = { head: bytes, bytes: size, limit: MAX_BYTES };
      if (source !== null) await doorOf(system).refuseSize(source, 'mail', oversized);
    }
    // The server itself answers so; here nothing may be stored.
    throw tooLarge();
  }
  const isReturned = await takeReturned(system, sent, bytes);
  if (isReturned && recipients.length === 0) return 'Heard';
  const mail = await readMail(bytes, from, size);
  if (mail === null) {
    const why = 'The mail was refused: its headers or parts are beyond what is read (128 KiB of headers, 20 levels).';
    for (const recipient of recipients) {
      const source = await orNotNow(system, () => intake.find(recipient));
      if (source !== null) await noteRefused(source, why, bytes);
    }
    throw new MailRefused(554, why);
  }
  const sorted = recipients.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const known = await orNotNow(system, () => intake.accept(sorted, mail));
  if (known === 0) throw new MailRefused(550, 'No alert source takes mail at this address');
  return 'Stored';
}

/** Tells delivery what came to the return paths of its mails; false when none of the addresses is one. */
async function takeReturned(
  system: System,
  { addresses, domain }: { readonly addresses: readonly string[]; readonly domain: string },
  bytes: Uint8Array,
): Promise<boolean> {
  const returned: Returned[] = [];
  for (const address of addresses) {
    const one = await orNotNow(system, () => readReturnPath(system, address, domain));
    if (one !== null) returned.push(one);
  }
  for (const one of returned) if (!(await orNotNow(system, () => hearBounce(system, one, bytes)))) throw notNow();
  return returned.length > 0;
}

/** Whatever goes wrong with storing may work later: the sender keeps the mail. */
async function orNotNow<Result>(system: System, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    system.log.error({ err: String(error) }, 'mail could not be stored');
    throw notNow();
  }
}

/** How a mail begins, as far as it is read, and its size. Reads to the end either way, as the protocol wants, and holds no more. */
async function readAll(stream: SMTPServerDataStream): Promise<{ readonly bytes: Buffer; readonly size: number }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    // A part of a chunk would keep the whole of it.
    if (size < READ_BYTES) chunks.push(Buffer.from(chunk.subarray(0, READ_BYTES - size)));
    size += chunk.length;
  }
  return { bytes: Buffer.concat(chunks), size };
}

function explain(error: unknown, { host, port }: MailIn): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new AppError(
        'unavailable',
        `Port ${port} on ${host} is taken by another program. Stop it, or set ALLCLEAR_MAIL_IN_PORT.`,
        { cause: error },
      );
    case 'EACCES':
      return new AppError(
        'unavailable',
        `This user may not listen on port ${port}. Set ALLCLEAR_MAIL_IN_PORT to 1024 or higher and forward port 25 to it.`,
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
      return new AppError('unavailable', `This machine has no address ${host}. Set ALLCLEAR_MAIL_IN_HOST.`, {
        cause: error,
      });
    default:
      return error;
  }
}
