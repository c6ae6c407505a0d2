import type { System } from '#platform/ctx.ts';
import { SEND_TIMEOUT_MS } from '../delivery/delivery.ts';
import type { Message } from '../delivery/message.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import { postMessage } from './http-outcome.ts';

/** Publishes by ntfy's JSON interface: POST to the server's root, topic in the body. Source: https://docs.ntfy.sh/publish/ */
export async function sendNtfy(system: System, addressed: Addressed): Promise<SendOutcome> {
  const { delivery, message, allowedTargets } = addressed;
  const topic = parseTopic(delivery.address);
  if (!topic) return { ok: false, permanent: true, why: 'The address is not the URL of an ntfy topic.' };
  const token = message.credentials[0];
  return postMessage(
    system,
    topic.server,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(ntfyBody(topic.name, message)),
      timeoutMs: SEND_TIMEOUT_MS,
      allowedTargets,
    },
    (response) => readId(response.body),
  );
}

/** `https://ntfy.sh/my-topic` → server and topic; null for anything else. Topics are 1 to 64 of `A-Za-z0-9_-`. */
export function parseTopic(address: string): { server: string; name: string } | null {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search || url.username) return null;
  const match = /^(.*\/)([A-Za-z0-9_-]{1,64})\/?$/.exec(url.pathname);
  return match?.[1] && match[2] ? { server: `${url.origin}${match[1]}`, name: match[2] } : null;
}

/** Longer messages become an attachment, which a lock screen does not show. */
const MAX_MESSAGE_BYTES = 3_800;
const MAX_ACTIONS = 3;

/** Priority 5 rings through Do Not Disturb where the phone allows it; 3 is an ordinary notification. */
export function ntfyBody(topic: string, message: Message) {
  return {
    topic,
    title: message.subject,
    message: truncateBytes(message.text, MAX_MESSAGE_BYTES),
    priority: message.urgency === 'high' ? 5 : 3,
    ...(message.urgency === 'high' ? { tags: ['rotating_light'] } : {}),
    ...(message.url ? { click: message.url } : {}),
    ...(message.actions
      ? {
          actions: message.actions
            .slice(0, MAX_ACTIONS)
            .map(({ kind, label, url }) =>
              kind === 'http'
                ? { action: 'http', label, url, method: 'POST', clear: true }
                : { action: 'view', label, url },
            ),
        }
      : {}),
  };
}

function truncateBytes(text: string, max: number): string {
  const bytes = Buffer.from(text);
  return bytes.length <= max ? text : `${new TextDecoder().decode(bytes.subarray(0, max), { stream: true })}…`;
}

function readId(body: string): string | null {
  try {
    const { id } = JSON.parse(body) as { id?: unknown };
    return typeof id === 'string' ? id.slice(0, 100) : null;
  } catch {
    // Something else than ntfy answered 2xx; it took the message, which is what counts.
    return null;
  }
}
