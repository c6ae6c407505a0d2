import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView, SignalView } from '../contract.ts';

let t: TestSystem;

beforeAll(async () => void (t = await createTestSystem()));
afterAll(() => t.close());
beforeEach(() => expect(t.errors).toEqual([]));

const report = async (body: object) => {
  const answer = await t.call('POST', '/api/v1/alerts/report', body);
  return { status: answer.status, alert: answer.body as AlertView };
};

it('a person reports a problem, and it is an alert under their name', async () => {
  const { status, alert } = await report({ title: 'Invoices are sent twice', details: 'Since\nnoon.' });
  expect(status).toBe(201);
  expect(alert).toMatchObject({
    title: 'Invoices are sent twice',
    severity: 'error',
    state: 'open',
    source: 'person',
    count: 1,
    evidence: { source: 'Olive Owner', details: 'Since\nnoon.' },
  });
  const { items } = (await t.call('GET', `/api/v1/alerts/${alert.id}/signals`)).body as { items: SignalView[] };
  expect(items).toMatchObject([{ source: 'Olive Owner', payload: 'Since\nnoon.' }]);
});

it('the same title about the same service is the same alert while it is open, and is told to later stages at once', async () => {
  const service = (await t.call('POST', '/api/v1/services', { name: 'Billing' })).body as { id: string };
  const first = await report({ title: 'Slow', serviceId: service.id });
  const pages = (await t.call('GET', '/api/v1/pages?state=open')).body as { items: { alertId: string | null }[] };
  expect(pages.items.map(({ alertId }) => alertId)).toContain(first.alert.id);
  expect((await report({ title: 'slow', serviceId: service.id })).alert).toMatchObject({
    id: first.alert.id,
    count: 2,
  });
  expect((await report({ title: 'Slow' })).alert.id).not.toBe(first.alert.id);
  await t.call('POST', `/api/v1/alerts/${first.alert.id}/close`);
  expect((await report({ title: 'Slow', serviceId: service.id })).alert.id).not.toBe(first.alert.id);
});

it('is heard again after the first report was dismissed', async () => {
  const first = await report({ title: 'Odd smell' });
  await t.call('POST', `/api/v1/alerts/${first.alert.id}/dismiss`);
  expect((await report({ title: 'Odd smell' })).alert).toMatchObject({ state: 'open', count: 1 });
});

it.each([
  [{}, 400],
  [{ title: 'a\nb' }, 400],
  [{ title: 'x', severity: 'fatal' }, 400],
  [{ title: 'x', serviceId: 'svc_nobodyhasthisone' }, 404],
])('refuses %j', async (body, status) => expect((await report(body)).status).toBe(status));
