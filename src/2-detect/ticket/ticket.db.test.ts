import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertSourceView, AlertView } from '../contract.ts';

let t: TestSystem;
let source: AlertSourceView;

beforeAll(async () => void (t = await createTestSystem()));
afterAll(() => t.close());
beforeEach(async () => {
  expect(t.errors).toEqual([]);
  source = (await t.call('POST', '/api/v1/alert-sources', { name: 'Help desk', kind: 'ticket' }))
    .body as AlertSourceView;
});

async function send(body: unknown, path = new URL(source.intakeUrl).pathname) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await t.app.request(path, { method: 'POST', body: text });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const alertOf = async ({ body }: { body: Record<string, unknown> }) =>
  (await t.call('GET', `/api/v1/alerts/${String(body['alertId'])}`)).body as AlertView;

it('tickets with one subject are one alert, a warning whose source is a ticket', async () => {
  expect(source.intakeUrl).toMatch(/\/intake\/in_\w+\/ticket$/);
  const first = await send({ id: 1, subject: 'Cannot pay', url: 'https://desk.test/1', requesters: 3 });
  expect(first.status).toBe(202);
  await send({ id: 2, subject: 'Re: Cannot pay' });
  expect(await alertOf(first)).toMatchObject({
    title: 'Cannot pay (#1)',
    severity: 'warning',
    count: 2,
    url: 'https://desk.test/1',
    labels: { ticket: '1', requesters: '3' },
    evidence: { source: 'ticket' },
  });
  const solved = await send({ id: 1, subject: 'Cannot pay', status: 'solved' });
  expect(solved).toMatchObject({ status: 202, body: { alertId: null } });
  expect(await alertOf(first)).toMatchObject({ state: 'open', count: 2 });
});

it('goes by ticket when its source says so: then solved closes', async () => {
  const rule = { sameBy: 'ticket', severity: 'error' };
  expect((await t.call('PUT', `/api/v1/alert-sources/${source.id}/ticket-rule`, rule)).body).toMatchObject(rule);
  const first = await send({ id: 1, subject: 'Cannot pay' });
  const second = await send({ id: 2, subject: 'Cannot pay' });
  expect(second.body['alertId']).not.toBe(first.body['alertId']);
  await send({ id: 1, subject: 'Cannot pay', status: 'closed' });
  expect(await alertOf(first)).toMatchObject({ state: 'closed', closeReason: 'resolved', severity: 'error' });
  expect(await alertOf(second)).toMatchObject({ state: 'open' });
});

it('says what is wrong with what is none, and shows it', async () => {
  for (const [body, why] of [
    ['{', 'not JSON'],
    ['', 'is empty'],
    ['{"id":1}', 'no subject'],
  ] as const) {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(answer.body['detail']).toContain(why);
  }
  const { items } = (await t.call('GET', `/api/v1/alert-sources/${source.id}/refused`)).body as { items: object[] };
  expect(items).toHaveLength(1);
  expect((await send(JSON.stringify({ id: 1, subject: 'x'.repeat(300_000) }))).status).toBe(413);
});

it('keeps the doors of the kinds apart', async () => {
  const generic = (await t.call('POST', '/api/v1/alert-sources', { name: 'JSON' })).body as AlertSourceView;
  expect((await send({ id: 1, subject: 'x' }, `/intake/${generic.key}/ticket`)).status).toBe(404);
  const wrong = await send({ title: 'x' }, `/intake/${source.key}`);
  expect(wrong.status).toBe(404);
  expect(wrong.body['detail']).toContain('its kind is ticket');
  const rule = { sameBy: 'ticket', severity: 'error' };
  expect((await t.call('PUT', `/api/v1/alert-sources/${generic.id}/ticket-rule`, rule)).status).toBe(409);
});
