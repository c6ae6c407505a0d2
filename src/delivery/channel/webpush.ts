import { createHash } from 'node:crypto';
import webPush from 'web-push';
import { secondsBetween } from '#kernel/duration.ts';
import type { System } from '#platform/ctx.ts';
import { SEND_TIMEOUT_MS } from '../delivery/delivery.ts';
import type { StoredMessage } from '../delivery/sealed-message.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import { askReceiver, isGood, refusedBy } from './http-outcome.ts';
import { vapidKeys, vapidSubject } from './vapid.ts';

/** A notification that a push service could not hand over for an hour says nothing new any more. */
const LONGEST_TTL_SECONDS = 3_600;

/** Sends one encrypted notification to one browser (RFC 8030, 8188, 8291). */
export async function sendWebPush(system: System, addressed: Addressed): Promise<SendOutcome> {
  const { delivery, message, allowedTargets } = addressed;
  const [p256dh, auth] = message.credentials;
  if (p256dh === undefined || auth === undefined) {
    return { ok: false, permanent: true, why: 'The keys of the browser are missing.', gone: true };
  }
  const tag = foldingTag(message.thread ?? delivery.id);
  const left = delivery.notAfter === null ? LONGEST_TTL_SECONDS : secondsBetween(system.clock.now(), delivery.notAfter);
  const { headers, body } = webPush.generateRequestDetails(
    { endpoint: delivery.address, keys: { p256dh, auth } },
    JSON.stringify(notificationOf(message, tag)),
    {
      vapidDetails: { subject: vapidSubject(system.config), ...vapidKeys(system.secrets) },
      TTL: Math.max(0, Math.min(LONGEST_TTL_SECONDS, Math.floor(left))),
      urgency: message.urgency === 'high' ? 'high' : 'normal',
      topic: tag,
    },
  );
  const request = {
    method: 'POST',
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const),
    ),
    body: body ?? '',
    timeoutMs: SEND_TIMEOUT_MS,
    allowedTargets,
  };
  return askReceiver(system, delivery.address, request, (response) => {
    if (isGood(response)) return { ok: true, providerId: response.headers['location']?.slice(0, 200) ?? null };
    const refused = refusedBy(delivery.address, response);
    if (response.status !== 404 && response.status !== 410) return refused;
    return { ...refused, gone: true, why: 'The browser has ended its subscription: notifications no longer reach it.' };
  });
}

/** At most 32 of base64url, as a push service takes it; the browser replaces what it shows under the same tag. */
function foldingTag(thread: string): string {
  return createHash('sha256').update(thread).digest('base64url').slice(0, 32);
}

const MAX_BODY_CHARACTERS = 600;
const MAX_ACTIONS = 2;

/** What the service worker shows; it must fit 4,096 encrypted bytes. */
export function notificationOf(message: StoredMessage, tag: string) {
  return {
    title: message.subject.slice(0, 250),
    body: withoutLinks(message.text).slice(0, MAX_BODY_CHARACTERS).toWellFormed(),
    tag,
    urgent: message.urgency === 'high',
    url: message.url ?? null,
    actions: (message.actions ?? []).slice(0, MAX_ACTIONS),
  };
}

/** A lock screen has room for what happened; links are behind the tap and the buttons. */
function withoutLinks(text: string): string {
  return text
    .split(/\n\n+/)
    .filter((paragraph) => !/https?:\/\//.test(paragraph))
    .join('\n')
    .trim();
}
