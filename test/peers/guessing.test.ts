import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTwoNodes, type TwoNodes } from '#test/harness/two-nodes.ts';
import { createWebhookSink, type WebhookSink } from '#test/harness/webhook-sink.ts';

/** What one address may get wrong about one account in a quarter of an hour, and about one code of a contact method. */
const PASSWORDS = 8;
const CODES = 6;

let t: TwoNodes;
let sink: WebhookSink;
beforeAll(async () => {
  [t, sink] = await Promise.all([startTwoNodes(), createWebhookSink()]);
}, 60_000);
afterAll(async () => {
  await t.end();
  await sink.close();
});

/** Sends tries to the two nodes by turns, all at once, and counts the answers by their status. */
async function guess(tries: number, ask: (node: string, n: number) => Promise<Response>) {
  const nodes = t.nodes.map(({ url }) => url);
  const answers = await Promise.all(Array.from({ length: tries }, (_, n) => ask(nodes[n % nodes.length] ?? '', n)));
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

it('guesses at a password count together, whichever node they are made at', async () => {
  const signIn = (node: string, password: string) =>
    fetch(`${node}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ email: 'olive@example.com', password }),
    });
  const twice = 2 * PASSWORDS;
  expect(await guess(twice, (node, n) => signIn(node, `wrong ${n}`))).toEqual({ 401: PASSWORDS, 429: PASSWORDS });
  // And now the right one waits too, at both.
  expect(await guess(2, (node) => signIn(node, 'correct horse battery'))).toEqual({ 429: 2 });
});

it('guesses at the code of a contact method count together', async () => {
  const { id } = await t.ask<{ id: string }>('POST', '/contact-methods', { kind: 'webhook', address: sink.url });
  const verify = (node: string, n: number) =>
    fetch(`${node}/api/v1/contact-methods/${id}/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${t.ownerKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ code: String(n).padStart(6, '0') }),
    });
  expect(await guess(2 * CODES, verify)).toEqual({ 400: CODES, 429: CODES });
});
