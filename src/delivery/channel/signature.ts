import { createHmac } from 'node:crypto';

/**
 * The headers that prove who sent a webhook: `v1=` and the hex HMAC-SHA-256 of `timestamp.body`, one per secret while a
 * secret is being rotated. The timestamp (seconds) is signed too, so that a recorded request cannot be replayed later.
 */
export function signatureHeaders(secrets: readonly string[], timestampSeconds: number, body: string) {
  const sign = (secret: string) =>
    `v1=${createHmac('sha256', secret).update(`${timestampSeconds}.${body}`).digest('hex')}`;
  return {
    'x-allclear-timestamp': String(timestampSeconds),
    ...(secrets.length > 0 ? { 'x-allclear-signature': secrets.map(sign).join(',') } : {}),
  };
}
