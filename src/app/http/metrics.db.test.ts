import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Monitor } from '#monitor/contract';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';

let t: TestSystem;

beforeAll(async () => {
  t = await createTestSystem();
});
afterAll(() => t.close());

const scrape = (key?: string) =>
  t.app.request('/metrics', key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } });
const keyFor = async (body: object) =>
  ((await t.call('POST', '/api/v1/api-keys', { name: 'Metrics', ...body })).body as { key: string }).key;

it('is for keys that may read, from wherever they come', async () => {
  expect((await scrape()).status).toBe(401);
  expect((await scrape('nonsense'.repeat(5))).status).toBe(401);
  expect((await scrape(await keyFor({ scopes: ['write'] }))).status).toBe(403);
  const response = await scrape(await keyFor({ role: 'viewer', scopes: ['read'] }));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
});

it('leaves out what is not known, and says nothing of an address but in a name', async () => {
  const url = 'https://ann:hunter2@shop.example.com/health?token=hunter2';
  const { body } = await t.call('POST', '/api/v1/monitors', {
    url: 'https://shop.example.com/health?token=hunter2',
    name: url,
  });
  const { id } = body as Monitor;
  const text = await (await scrape(await keyFor({ role: 'viewer' }))).text();
  const labels = `id="${id}",name="https://shop.example.com/health",kind="http",service="shop.example.com"`;
  expect(text).toContain(`allclear_monitor_state{${labels},state="unknown"} 1\n`);
  expect(text).not.toContain('allclear_monitor_up{');
  expect(text).not.toContain('hunter2');
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(
      /^(# (HELP|TYPE) allclear_[a-z_]+ .+|allclear_[a-z0-9_]+(\{([a-z_]+="([^"\\]|\\.)*",?)+\})? [-+0-9.eInf]+)$/,
    );
});
