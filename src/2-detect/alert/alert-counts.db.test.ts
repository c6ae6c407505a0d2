import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView } from './contract.ts';

let t: TestSystem;

beforeAll(async () => {
  t = await createTestSystem();
});
afterAll(() => t.close());

it('counts alerts by state, and those that nobody has declared or dismissed', async () => {
  const { body: source } = await t.call('POST', '/api/v1/alert-sources', { name: 'Prometheus' });
  const path = `/intake/${(source as { key: string }).key}`;
  const ids: string[] = [];
  for (const [title, severity] of [
    ['one', 'critical'],
    ['two', 'info'],
    ['three', 'error'],
  ]) {
    const sent = await t.app.request(path, { method: 'POST', body: JSON.stringify({ title, severity }) });
    ids.push(((await sent.json()) as { alertId: string }).alertId);
  }
  await t.settle();
  await t.call('POST', `/api/v1/alerts/${ids[0]}/acknowledge`, {});
  await t.call('POST', `/api/v1/alerts/${ids[1]}/dismiss`, {});

  const counts = await t.call('GET', '/api/v1/alerts/counts');
  expect(counts.body).toEqual({ open: 1, acknowledged: 1, undecided: 2, quiet: 0, transient: 0 });
  const listed = await t.call('GET', '/api/v1/alerts?undecided=true');
  expect((listed.body as { items: AlertView[] }).items.map(({ title }) => title)).toEqual(['three', 'one']);
});
