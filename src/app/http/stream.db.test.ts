import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createApiKey } from '#access';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { waitFor } from '#test/harness/wait-for.ts';

let t: TestSystem;
beforeAll(async () => {
  t = await createTestSystem();
});
afterAll(() => t.close());
afterEach(() => vi.useRealTimers());

const makeKey = (scopes: readonly ('read' | 'write')[]) =>
  t.act((ctx) => createApiKey(ctx, { name: 'stream', role: 'viewer', scopes, expiresAt: null }));
const follow = (key: string) => t.app.request('/api/v1/stream', { headers: { authorization: `Bearer ${key}` } });

it('ends within one beat after the key was revoked', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { id, key } = await makeKey(['read']);
  const news = (await follow(key)).body?.getReader();
  const next = async () => new TextDecoder().decode((await news?.read())?.value);
  expect(await next()).toContain('event: hello');
  await waitFor('the beat to be set', () => vi.getTimerCount() > 0);
  vi.advanceTimersByTime(20_000);
  expect(await next()).toContain('event: beat');
  expect((await t.call('DELETE', `/api/v1/api-keys/${id}`)).status).toBe(204);
  vi.advanceTimersByTime(20_000);
  expect(await news?.read()).toMatchObject({ done: true });
});

it('is not for a key that may only write', async () => {
  expect((await follow((await makeKey(['write'])).key)).status).toBe(403);
});
