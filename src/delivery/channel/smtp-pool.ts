import { createTransport } from 'nodemailer';
import type { System } from '#platform/ctx.ts';
import type { MailTransport } from '../mail-setting/mail-transport.ts';

type Lane = 'personal' | 'bulk';
type Mailer = ReturnType<typeof openMailer>;

/** Open connections per process; they belong to the system that uses them and go with it. */
const mailers = new WeakMap<System, Map<string, Mailer>>();

const MAX_POOLS = 8;

/** The pool of connections for a mail server. Bulk mail has its own, so that it never stands before a page. */
export function mailerFor(system: System, transport: MailTransport, lane: Lane): Mailer {
  const known = mailers.get(system) ?? new Map<string, Mailer>();
  mailers.set(system, known);
  const key = JSON.stringify([lane, transport]);
  const existing = known.get(key);
  if (existing) return existing;
  const [oldest] = known;
  if (known.size >= MAX_POOLS && oldest) {
    known.delete(oldest[0]);
    oldest[1].close();
  }
  const mailer = openMailer(transport);
  known.set(key, mailer);
  return mailer;
}

/** Closes the connections of a system. */
export function closeMailers(system: System): void {
  for (const mailer of mailers.get(system)?.values() ?? []) mailer.close();
  mailers.delete(system);
}

function openMailer(transport: MailTransport) {
  return createTransport({
    pool: true,
    host: transport.host,
    port: transport.port,
    secure: transport.security === 'tls',
    requireTLS: transport.security === 'starttls',
    ignoreTLS: transport.security === 'none',
    opportunisticTLS: transport.security === 'if-offered',
    ...(transport.username === null ? {} : { auth: { user: transport.username, pass: transport.password ?? '' } }),
    maxConnections: 8,
    maxMessages: 500,
    maxRequeues: 1,
    connectionTimeout: 8_000,
    greetingTimeout: 8_000,
    socketTimeout: 14_000,
    dnsTimeout: 8_000,
    idleTimeout: 30_000,
  });
}
