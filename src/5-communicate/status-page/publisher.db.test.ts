import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkspaceWithOwner } from '#access';
import type { LiveNews } from '#platform/live.ts';
import { z } from 'zod';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import { createPublisher, type Publisher } from './publisher.ts';

const withId = z.object({ id: z.string() });

let t: TestSystem;
let folder = '';
let publisher: Publisher;
let tell: (news: LiveNews) => void = () => undefined;
let stop: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allclear-published-'));
  t = await createTestSystem({ env: { ALLCLEAR_DATA_DIR: folder } });
  await t.call('POST', '/api/v1/services', { name: 'Checkout' });
  const listeners = new Set<(news: LiveNews) => void>();
  tell = (news) => listeners.forEach((listener) => listener(news));
  const live = {
    listen: (listener: (news: LiveNews) => void) => (listeners.add(listener), () => void listeners.delete(listener)),
  };
  publisher = createPublisher({ ...t.system, live });
  stop = publisher.start();
});
afterAll(async () => {
  await stop();
  await t.close();
  await rm(folder, { recursive: true, force: true });
});

const shown = () => publisher.lookup('public')?.get('')?.body.toString() ?? '';

test('pages are at hand soon after the start, and in the folder that any server can serve', async () => {
  await waitFor('the first page', () => shown().includes('All systems operational'));
  await waitFor('the folder', async () =>
    (await readFile(join(folder, 'published', 'public', 'index.html'), 'utf8').catch(() => '')).includes('Checkout'),
  );
});

test('an update is on the page within a second of the news', async () => {
  const incident = await t.call('POST', '/api/v1/incidents', {
    title: 'Trouble',
    severity: 'SEV2',
    customerFacing: true,
  });
  await t.call('POST', `/api/v1/incidents/${withId.parse(incident.body).id}/updates`, {
    status: 'investigating',
    body: 'Customers see errors.',
  });
  const from = performance.now();
  tell({ workspaceId: t.workspaceId, topics: ['status-pages'] });
  await waitFor('the update', () => shown().includes('Customers see errors.'));
  expect(performance.now() - from).toBeLessThan(1_000);
});

test('a storm of news is a few renderings a second', async () => {
  const seen = new Set<string>();
  const from = performance.now();
  while (performance.now() - from < 2_200) {
    t.clock.advance(0.001);
    tell({ workspaceId: t.workspaceId, topics: ['status-pages'] });
    seen.add(publisher.lookup('public')?.get('')?.etag.identity ?? '');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(seen.size).toBeLessThanOrEqual(8);
});

test('a page that is taken back is served neither from memory nor from the folder', async () => {
  const id =
    z.object({ items: z.array(withId) }).parse((await t.call('GET', '/api/v1/status-pages')).body).items[0]?.id ?? '';
  await t.call('PATCH', `/api/v1/status-pages/${id}`, { published: false });
  tell({ workspaceId: t.workspaceId, topics: ['status-pages'] });
  await waitFor('the page to go', () => publisher.lookup('public') === null);
  await waitFor('the folder to go', () => !existsSync(join(folder, 'published', 'public')));
  await t.call('PATCH', `/api/v1/status-pages/${id}`, { published: true });
  tell({ workspaceId: t.workspaceId, topics: ['*'] });
  await waitFor('the page to come back', () => publisher.lookup('public') !== null);
});

test('a page that cannot be made does not stop the others', async () => {
  await createWorkspaceWithOwner(t.system, {
    name: 'Neighbours',
    timeZone: 'UTC',
    owner: { name: 'Nora', email: 'nora@example.com', password: 'correct horse battery', emailVerified: true },
  });
  await t.settle();
  const { rows } = await t.database.pool.query('select slug from status_page order by slug');
  const slugs: string[] = rows.map(({ slug }) => String(slug));
  expect(slugs).toHaveLength(2);
  for (const broken of slugs) {
    const other = createPublisher(t.system);
    await t.database.pool.query("update status_page set time_zone = 'Nowhere/At_all' where slug = $1", [broken]);
    await expect(other.refresh()).rejects.toThrow();
    expect(slugs.filter((slug) => other.lookup(slug) !== null)).toEqual(slugs.filter((slug) => slug !== broken));
    await t.database.pool.query("update status_page set time_zone = 'UTC' where slug = $1", [broken]);
  }
});

test('a page whose present we cannot read loses its green, and gets it back', async () => {
  let away = false;
  const database = new Proxy(t.system.database, {
    get(target, name) {
      if (away) throw new Error('the database is away');
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const listeners = new Set<(news: LiveNews) => void>();
  const live = {
    listen: (listener: (news: LiveNews) => void) => (listeners.add(listener), () => void listeners.clear()),
  };
  const other = createPublisher({ ...t.system, database, live });
  const stopOther = other.start();
  const html = () => other.lookup('public')?.get('')?.body.toString() ?? '';
  await waitFor('the first page', () => html().includes('Operational</span>'));
  away = true;
  t.clock.advance(200);
  for (const listener of listeners) listener({ workspaceId: '*', topics: ['*'] });
  await waitFor('the page to lose its green', () => html().includes('<span>We cannot see the current state'));
  expect(html()).not.toContain('Operational</span>');
  expect(other.lookup('public')?.get('api/v2/status.json')?.body.toString()).toContain('Status Unknown');
  away = false;
  for (const listener of listeners) listener({ workspaceId: '*', topics: ['*'] });
  await waitFor('the page to see again', () => html().includes('Operational</span>'));
  await stopOther();
});
