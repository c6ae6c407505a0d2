import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { createEngineWatch } from './watch-engine.ts';

let t: TestSystem;
beforeEach(async () => void (t = await createTestSystem()));
afterEach(() => t.close());

type Alert = { readonly title: string; readonly state: string; readonly severity: string };
const alerts = async () => ((await t.call('GET', '/api/v1/alerts')).body as { items: Alert[] }).items;

it('opens one alert while checks begin late or are lost, and closes it when they are on time', async () => {
  await t.call('POST', '/api/v1/monitors', { url: 'https://shop.example.com' });
  const watch = createEngineWatch(t.system);
  const look = async (times: number, latenessP99Ms: number, resultsDropped = 0) => {
    for (let i = 0; i < times; i++) await watch({ latenessP99Ms, resultsDropped });
  };
  await look(3, 2_300);
  expect(await alerts()).toEqual([]);
  await look(3, 2_300);
  expect(await alerts()).toMatchObject([
    { title: expect.stringContaining('begin late'), state: 'open', severity: 'error' },
  ]);
  await look(1, 5, 40);
  expect(await alerts()).toHaveLength(1);
  await look(8, 5, 40);
  expect(await alerts()).toMatchObject([{ state: 'closed' }]);
});

it('says nothing where nothing is checked', async () => {
  const watch = createEngineWatch(t.system);
  for (let i = 0; i < 5; i++) await watch({ latenessP99Ms: 2_300, resultsDropped: 0 });
  expect(await alerts()).toEqual([]);
});
