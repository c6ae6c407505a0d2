import { MINUTE_MS } from '#kernel/duration.ts';
import type { System } from '#platform/ctx.ts';
import { SEND_TIMEOUT_MS } from '../delivery/delivery.ts';
import type { MailTransport } from '../mail-setting/mail-transport.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import { sendEmail } from './email.ts';

/** How long a server may take while another one waits; both fit into one try. */
const FIRST_TIMEOUT_MS = 6_000;
/** A server that failed is asked last for so long, so that not every mail waits for it. */
const REST_MS = MINUTE_MS;

/** When servers failed last, by this process; it saves waiting and decides nothing else. */
const failures = new WeakMap<System, Map<string, number>>();

/**
 * Sends one mail by the first mail server that takes it. What one refuses for good another may carry, and the Message-ID is
 * the same, so that a mail which both took in the end is one to the reader.
 */
export async function sendMail(
  system: System,
  addressed: Addressed,
  servers: readonly MailTransport[],
): Promise<SendOutcome> {
  const failed = failures.get(system) ?? new Map<string, number>();
  failures.set(system, failed);
  const [first, second] = inOrder(servers, failed, system.clock.now().getTime());
  if (first === undefined) return { ok: false, permanent: false, why: 'No mail server is set.' };
  if (second === undefined) return sendEmail(system, addressed, first, SEND_TIMEOUT_MS);
  const one = await sendEmail(system, addressed, first, FIRST_TIMEOUT_MS);
  remember(first, one);
  if (one.ok) return first === servers[0] ? one : { ...one, note: `Sent by the second mail server, ${nameOf(first)}.` };
  const two = await sendEmail(system, addressed, second, SEND_TIMEOUT_MS - FIRST_TIMEOUT_MS);
  remember(second, two);
  const which = second === servers[0] ? 'first' : 'second';
  if (two.ok) return { ...two, note: `Sent by the ${which} mail server, ${nameOf(second)}. ${one.why}` };
  return {
    ok: false,
    permanent: one.permanent && two.permanent,
    why: `${one.why} ${two.why}`,
    ...(one.unclear || two.unclear ? { unclear: true } : {}),
  };

  function remember(server: MailTransport, outcome: SendOutcome): void {
    // A refused address says nothing of the server.
    if (outcome.ok || outcome.permanent) failed.delete(nameOf(server));
    else failed.set(nameOf(server), system.clock.now().getTime());
  }
}

function inOrder(servers: readonly MailTransport[], failed: ReadonlyMap<string, number>, nowMs: number) {
  const rests = (server: MailTransport) => nowMs - (failed.get(nameOf(server)) ?? -Infinity) < REST_MS;
  return [...servers.filter((server) => !rests(server)), ...servers.filter(rests)];
}

function nameOf({ host, port }: MailTransport): string {
  return `${host}:${port}`;
}
