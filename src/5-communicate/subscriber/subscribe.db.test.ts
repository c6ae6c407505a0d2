import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSmtpSink, type SmtpSink } from '#test/harness/smtp.ts';
import { z } from 'zod';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { tellSubscribers } from './tell-subscribers.ts';

const withId = z.object({ id: z.string() });
const some = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
const idOf = (body: unknown) => withId.parse(body).id;
const itemsOf = (body: unknown) => some.parse(body).items;
const people = z.array(
  z.object({ email: z.string(), state: z.string(), componentIds: z.array(z.string()).nullable() }),
);

let smtp: SmtpSink;
let t: TestSystem;
let pageId = '';
beforeAll(async () => {
  smtp = await createSmtpSink();
  t = await createTestSystem({ env: { ALLCLEAR_SMTP_URL: smtp.url, ALLCLEAR_MAIL_FROM: 'status@acme.test' } });
  for (const name of ['Checkout', 'Search']) await t.call('POST', '/api/v1/services', { name });
  pageId = idOf(itemsOf((await t.call('GET', '/api/v1/status-pages')).body)[0]);
});
afterAll(async () => {
  await t.close();
  await smtp.close();
});

const post = async (path: string, fields: Record<string, string | string[]>) => {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
  const response = await t.app.request(path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const tokenIn = (text: string) => /token=(sub_[A-Za-z0-9_-]+\.[0-9a-f]{64})/.exec(text)?.[1] ?? '';
const list = async () =>
  people.parse(itemsOf((await t.call('GET', `/api/v1/status-pages/${pageId}/subscribers`)).body));
/** The owner is mailed about the incident too, as a responder. */
const toReaders = () => smtp.mails.filter((mail) => mail.to !== 'olive@example.com');

async function subscribed(email: string, component: string[] = []): Promise<string> {
  await post('/s/public/subscribe', { email, component });
  await t.settle();
  const token = tokenIn(smtp.to(email).at(-1)?.text ?? '');
  const confirmed = await post('/s/public/confirm', { token });
  expect(confirmed.status).toBe(200);
  return tokenIn(confirmed.text);
}

async function announce(componentId?: string) {
  const incident = await t.call('POST', '/api/v1/incidents', {
    title: 'Trouble',
    severity: 'SEV2',
    customerFacing: true,
  });
  const posted = await t.call('POST', `/api/v1/incidents/${idOf(incident.body)}/updates`, {
    status: 'investigating',
    body: 'Some customers see **errors**.',
    ...(componentId ? { components: [{ id: componentId, status: 'partial_outage' }] } : {}),
  });
  expect(posted.status).toBe(201);
  await t.settle();
  return idOf(posted.body);
}

test('an address hears nothing before it has confirmed, and no token comes back to the browser that asked', async () => {
  const asked = await post('/s/public/subscribe', { email: 'Ann@example.com' });
  expect(asked.status).toBe(200);
  expect(asked.text).not.toContain('token');
  expect(asked.headers.get('cache-control')).toBe('no-store');
  await t.settle();
  expect(toReaders()).toHaveLength(1);
  await announce();
  expect(toReaders()).toHaveLength(1);
  expect(await list()).toMatchObject([{ state: 'pending' }]);
});

test('the link shows and the button confirms, once', async () => {
  const token = tokenIn(toReaders()[0]?.text ?? '');
  const shown = await t.app.request(`/s/public/confirm?token=${token}`);
  expect(await shown.text()).toContain('Confirm your subscription');
  expect((await list())[0]?.state).toBe('pending');
  expect((await post('/s/public/confirm', { token })).text).toContain('You are subscribed');
  expect((await list())[0]?.state).toBe('confirmed');
  expect((await post('/s/public/confirm', { token })).status).toBe(404);
});

test('asking again says the same to the browser, and the mail leads to the settings', async () => {
  t.clock.advance(600);
  const again = await post('/s/public/subscribe', { email: 'ann@EXAMPLE.com' });
  expect(again.text).toContain('Look into your mail');
  await t.settle();
  expect(toReaders().at(-1)?.text).toContain('already');
  const count = toReaders().length;
  await post('/s/public/subscribe', { email: 'ann@example.com' });
  await t.settle();
  expect(toReaders()).toHaveLength(count);
});

test('each confirmed subscriber gets one message of their own, with the one-click way out', async () => {
  await subscribed('bob@example.com');
  smtp.mails.length = 0;
  await announce();
  expect(
    toReaders()
      .map((mail) => mail.to)
      .toSorted(),
  ).toEqual(['ann@example.com', 'bob@example.com']);
  const [mail] = smtp.to('bob@example.com');
  expect(mail?.subject).toBe('[Acme status] Investigating: Trouble');
  expect(mail?.text).toContain('Some customers see errors.');
  expect(mail?.html).toContain('<strong>errors</strong>');
  const list = mail?.headers.get('list') as { unsubscribe?: { url?: string } } | undefined;
  expect(list?.unsubscribe?.url).toMatch(/\/s\/public\/unsubscribe\?token=sub_/);
  const deliveries = await t.call('GET', '/api/v1/deliveries?purpose=subscriber&state=sent');
  expect(itemsOf(deliveries.body).length).toBeGreaterThanOrEqual(2);
});

test('whoever chose components hears only of them', async () => {
  const components = itemsOf((await t.call('GET', '/api/v1/components')).body);
  const [first, second] = components;
  const token = await subscribed('cleo@example.com', [second?.id ?? '']);
  smtp.mails.length = 0;
  await announce(first?.id);
  expect(smtp.to('cleo@example.com')).toEqual([]);
  await announce(second?.id);
  expect(smtp.to('cleo@example.com')).toHaveLength(1);
  const all = await post('/s/public/manage', { token });
  expect(all.text).toContain('Saved.');
  await announce(first?.id);
  expect(smtp.to('cleo@example.com')).toHaveLength(2);
});

test('one click unsubscribes as RFC 8058 says, twice does no harm, and nothing follows', async () => {
  const link = smtp.to('bob@example.com').at(-1)?.text ?? '';
  const token = tokenIn(link);
  const path = `/s/public/unsubscribe?token=${token}`;
  expect((await t.app.request(path)).status).toBe(200);
  expect((await list()).find(({ email }) => email === 'bob@example.com')?.state).toBe('confirmed');
  expect((await post(path, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
  expect((await post(path, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
  smtp.mails.length = 0;
  await announce();
  expect(smtp.to('bob@example.com')).toEqual([]);
});

test('who asks for a stranger again and again has ever less written to them', async () => {
  smtp.mails.length = 0;
  for (let hours = 0; hours < 72; hours += 0.25) {
    await post('/s/public/subscribe', { email: 'victim@example.com' });
    await t.settle();
    t.clock.advance(900);
  }
  expect(smtp.to('victim@example.com').length).toBeLessThanOrEqual(11);
});

test('one place of the network subscribes sixty addresses an hour', async () => {
  const ask = (n: number, place: string) =>
    t.app.request('/s/public/subscribe', {
      method: 'POST',
      body: new URLSearchParams({ email: `stranger${n}@example.com` }),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-client-ip': place },
    });
  const statuses: number[] = [];
  for (let n = 0; n < 62; n++) statuses.push((await ask(n, '192.0.2.1')).status);
  expect(statuses.indexOf(429)).toBe(60);
  expect((await ask(62, '192.0.2.2')).status).toBe(200);
});

test.each([
  ['/s/public/confirm', 'sub_x.aa'],
  ['/s/public/manage', `sub_x.${'0'.repeat(64)}`],
  ['/s/public/unsubscribe', ''],
])('%s with a link that is not ours is a real 404', async (path, token) => {
  expect((await t.app.request(`${path}?token=${token}`)).status).toBe(404);
  expect((await post(path, { token })).status).toBe(404);
});

test('what is not an address is refused, and what was typed stays', async () => {
  const { status, text } = await post('/s/public/subscribe', { email: 'not<an>address' });
  expect(status).toBe(400);
  expect(text).toContain('value="not&lt;an&gt;address"');
  expect(text).toContain('role="alert"');
});

test('a repeated step of telling sends nobody the same twice', async () => {
  smtp.mails.length = 0;
  const updateId = await announce();
  const before = toReaders().length;
  await tellSubscribers(t.system, { workspaceId: t.workspaceId, updateId, afterId: null });
  await t.settle();
  expect(toReaders()).toHaveLength(before);
});

test('nothing was logged as an error', () => {
  expect(t.errors).toEqual([]);
});

test('a form that is far too large is refused, and nothing is our fault', async () => {
  expect((await post('/s/public/subscribe', { email: 'x'.repeat(40_000) })).status).toBe(413);
  expect(t.errors).toEqual([]);
});
