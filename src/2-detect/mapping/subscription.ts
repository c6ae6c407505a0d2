import { readPath } from './path.ts';

/** Amazon SNS asks an address to confirm that it wants what a topic sends. */
export type SubscriptionRequest = { readonly topicArn: string; readonly subscribeUrl: string };

const MAX_ARN = 300;
const MAX_URL = 2_000;

/** The request in a body from SNS; null when the body is something else. */
export function subscriptionIn(body: unknown): SubscriptionRequest | null {
  const type = readPath(body, ['Type']);
  if (type !== 'SubscriptionConfirmation' && type !== 'UnsubscribeConfirmation') return null;
  const topicArn = readPath(body, ['TopicArn']);
  const subscribeUrl = readPath(body, ['SubscribeURL']);
  if (typeof topicArn !== 'string' || typeof subscribeUrl !== 'string') return null;
  if (topicArn.length > MAX_ARN || subscribeUrl.length > MAX_URL) return null;
  const url = URL.parse(subscribeUrl);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  return { topicArn: topicArn.toWellFormed(), subscribeUrl: url.href };
}

/** Whether this server opens the address itself: HTTPS on the usual port, below amazonaws.com, without credentials. */
export function isOpenable(subscribeUrl: string): boolean {
  const url = URL.parse(subscribeUrl);
  if (url === null || url.protocol !== 'https:' || url.port !== '') return false;
  return url.username === '' && url.password === '' && url.hostname.endsWith('.amazonaws.com');
}
