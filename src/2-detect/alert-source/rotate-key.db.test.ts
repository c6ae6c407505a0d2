import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertSourceView } from '../contract.ts';

let t: TestSystem;
let source: AlertSourceView;

beforeAll(async () => void (t = await createTestSystem()));
afterAll(() => t.close());
beforeEach(async () => {
  source = (await t.call('POST', '/api/v1/alert-sources', { name: 'Script' })).body as AlertSourceView;
});

const send = async (key: string) =>
  (await t.app.request(`/intake/${key}`, { method: 'POST', body: '{"title":"x"}' })).status;
const rotate = async (graceSeconds: number) =>
  (await t.call('POST', `/api/v1/alert-sources/${source.id}/key`, { graceSeconds })).body as AlertSourceView;

it('takes both keys for the grace', async () => {
  const after = await rotate(3_600);
  expect(after.key).not.toBe(source.key);
  expect(after.previousKeyUntil).not.toBeNull();
  expect([await send(source.key), await send(after.key)]).toEqual([202, 202]);
});

it('takes the key before no longer than the grace', async () => {
  const { key } = await rotate(3_600);
  t.clock.advance(3_601);
  expect([await send(source.key), await send(key)]).toEqual([404, 202]);
  const { body } = await t.call('GET', `/api/v1/alert-sources/${source.id}`);
  expect(body).toMatchObject({ previousKeyUntil: null });
});

it('revokes the key before at once without a grace, or later on demand', async () => {
  const { key } = await rotate(0);
  expect([await send(source.key), await send(key)]).toEqual([404, 202]);
  const next = await rotate(3_600);
  await t.call('DELETE', `/api/v1/alert-sources/${source.id}/previous-key`);
  expect(await send(next.key)).toBe(202);
  const { body } = await t.call('GET', `/api/v1/alert-sources/${source.id}`);
  expect(body).toMatchObject({ previousKeyUntil: null });
});
