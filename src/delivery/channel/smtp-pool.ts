import type { Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type { System } from '#platform/ctx.ts';
import { connectSafely } from '#platform/safe-connect.ts';
import type { MailTransport } from '../mail-setting/mail-transport.ts';

type Lane = 'personal' | 'bulk';
type Mailer = ReturnType<typeof openMailer>;

/** Open connections per process; they belong to the system that uses them and go with it. */
const mailers = new WeakMap<System, Map<string, Mailer>>();

const MAX_POOLS = 8;

/**
 * The pool of connections for a mail server. Bulk mail has its own, so that it never stands before a page. A server that
 * was typed in on a screen is reached only through the guard; the environment's belongs to whoever runs the machine.
 */
export function mailerFor(
  system: System,
  transport: MailTransport,
  lane: Lane,
  allowedTargets: readonly string[],
): Mailer {
  const known = mailers.get(system) ?? new Map<string, Mailer>();
  mailers.set(system, known);
  const key = JSON.stringify([lane, transport, allowedTargets]);
  const existing = known.get(key);
  if (existing) return existing;
  const [oldest] = known;
  if (known.size >= MAX_POOLS && oldest) {
    known.delete(oldest[0]);
    oldest[1].close();
  }
  const mailer = openMailer(transport, allowedTargets);
  known.set(key, mailer);
  return mailer;
}

/** Closes the connections of a system. */
export function closeMailers(system: System): void {
  for (const mailer of mailers.get(system)?.values() ?? []) mailer.close();
  mailers.delete(system);
}

const CONNECT_TIMEOUT_MS = 8_000;

function openMailer(transport: MailTransport, allowedTargets: readonly string[]) {
  const { host, port } = transport;

  return createTransport({
    pool: true,
    host,
    port,
    ...(transport.source === 'environment'
      ? {}
      : {
          getSocket: (_: object, done: (error: Error | null, socket?: { connection: Socket }) => void) =>
            void connectSafely({ host, port, timeoutMs: CONNECT_TIMEOUT_MS, allowedTargets }).then(
              (connection) => done(null, { connection }),
              (error: Error) => done(error),
            ),
        }),
    secure: transport.security === 'tls',
    requireTLS: transport.security === 'starttls',
    ignoreTLS: transport.security === 'none',
    opportunisticTLS: transport.security === 'if-offered',
    ...(transport.username === null ? {} : { auth: { user: transport.username, pass: transport.password ?? '' } }),
    maxConnections: 8,
    maxMessages: 500,
    maxRequeues: 1,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: 8_000,
    socketTimeout: 14_000,
    dnsTimeout: 8_000,
    idleTimeout: 30_000,
  });
}
