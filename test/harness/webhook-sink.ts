import { createHmac } from 'node:crypto';
import { createSinkServer, type Mood, type SinkRequest } from './sink-server.ts';

export type ReceivedWebhook = SinkRequest & { readonly json: Record<string, unknown> };

export type WebhookSink = {
  readonly url: string;
  /** What was answered with 200. */
  readonly received: ReceivedWebhook[];
  /** Everything that came, refused or not. */
  readonly attempts: SinkRequest[];
  readonly setMood: (mood: Mood) => void;
  readonly close: () => Promise<void>;
};

/** A receiver of our webhooks that can refuse, hang up or dawdle on command. */
export async function createWebhookSink(port = 0): Promise<WebhookSink> {
  const received: ReceivedWebhook[] = [];
  const server = await createSinkServer((request) => {
    received.push({ ...request, json: JSON.parse(request.body || '{}') as Record<string, unknown> });
    return { status: 200, body: { ok: true } };
  }, port);
  return {
    url: `${server.origin}/hook`,
    received,
    attempts: server.attempts,
    setMood: server.setMood,
    close: server.close,
  };
}

/** Whether one of the request's signatures was made with the secret, worked out from the documented contract. */
export function isSignedWith(secret: string, request: SinkRequest): boolean {
  const timestamp = String(request.headers['x-allclear-timestamp']);
  const expected = `v1=${createHmac('sha256', secret).update(`${timestamp}.${request.body}`).digest('hex')}`;
  return String(request.headers['x-allclear-signature'] ?? '')
    .split(',')
    .includes(expected);
}
