import type { System } from '#platform/ctx.ts';
import { SEND_TIMEOUT_MS } from '../delivery/delivery.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import { postMessage } from './http-outcome.ts';
import { signatureHeaders } from './signature.ts';

/** POSTs the message as signed JSON. `deliveryId` is the same in every try, so that a receiver can tell repeats. */
export async function sendWebhook(system: System, addressed: Addressed): Promise<SendOutcome> {
  const { delivery, message, allowedTargets } = addressed;
  const { subject, text, url, urgency } = message;
  const body = JSON.stringify({
    deliveryId: delivery.id,
    purpose: delivery.purpose,
    subject,
    text,
    ...(url ? { url } : {}),
    urgency,
    ...message.payload,
  });
  const timestampSeconds = Math.floor(system.clock.now().getTime() / 1_000);
  return postMessage(
    system,
    delivery.address,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-allclear-delivery': delivery.id,
        'x-allclear-attempt': String(delivery.attempts),
        ...signatureHeaders(message.credentials, timestampSeconds, body),
      },
      body,
      timeoutMs: SEND_TIMEOUT_MS,
      allowedTargets,
    },
    () => null,
  );
}
