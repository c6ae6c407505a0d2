import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Evidence, LocationView, Monitor, StepRun } from '#monitor/contract';
import { type Instance, startInstance } from '#test/harness/instance.ts';
import { spawnProbe, waitingIn } from '#test/harness/probe-process.ts';
import { type ServerProcess, spawnServer } from '#test/harness/server-process.ts';
import { openShopSite, type ShopSite } from '#test/harness/shop-site.ts';
import { waitFor } from '#test/harness/wait-for.ts';

const LONG_MS = 90_000;

let instance: Instance;
let server: ServerProcess;
let probe: ChildProcess;
let token: string;
let place: string;
let shop: ShopSite;
let orders: Server;
let ordersUrl: string;
let broken = false;
const folder = mkdtempSync(join(tmpdir(), 'allclear-probe-'));

/** Gives a token, and answers whoever brings it. */
async function openOrders(): Promise<Server> {
  const site = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/session') return void response.end('{"token": "open-sesame-4242"}');
    if (request.headers.authorization !== 'Bearer open-sesame-4242') response.statusCode = 401;
    response.end(JSON.stringify({ open: broken ? 'none' : 3 }));
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  return site;
}

beforeAll(async () => {
  shop = await openShopSite();
  orders = await openOrders();
  ordersUrl = `http://127.0.0.1:${(orders.address() as AddressInfo).port}/`;
  instance = await startInstance();
  server = instance.server;
  const body = { name: 'Cellar', allowedTargets: ['127.0.0.0/8'] };
  place = (await instance.ask<LocationView>('POST', '/locations', body)).id;
  const added = await instance.ask<{ token: string }>('POST', `/locations/${place}/probes`, { name: 'one' });
  token = added.token;
  probe = spawnProbe(server.url, token, folder);
}, 120_000);

afterAll(async () => {
  probe.kill('SIGKILL');
  await server.kill('SIGTERM').catch(() => undefined);
  await instance.end();
  orders.close();
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = (body: object) => instance.ask<Monitor>('POST', '/monitors', { locations: [place], ...body });
type Runs = { readonly items: readonly { outcome: string; totalMs: number; steps: readonly StepRun[] }[] };
const runsOf = async (id: string) => (await instance.ask<Runs>('GET', `/monitors/${id}/steps`)).items;
const failureOf = async (id: string) =>
  (await instance.ask<{ items: Evidence[] }>('GET', `/monitors/${id}/failures`)).items[0];

it('asks in steps from elsewhere: times, what was taken, and why it failed arrive', async () => {
  const { id } = await add({
    kind: 'api',
    url: ordersUrl,
    intervalSeconds: 1,
    options: {
      steps: [
        { name: 'Sign in', url: '/session', take: [{ name: 'TOKEN', from: 'json', source: '$.token', secret: true }] },
        {
          name: 'Orders',
          url: '/orders',
          headers: { Authorization: 'Bearer {{TOKEN}}' },
          assertions: [{ kind: 'json', path: '$.open', test: 'equals', value: '3' }],
        },
      ],
    },
  });
  const well = await waitFor('a run', async () => (await runsOf(id))[0], LONG_MS);
  expect(well).toMatchObject({
    outcome: 'up',
    steps: [
      { name: 'Sign in', outcome: 'passed', status: 200 },
      { name: 'Orders', outcome: 'passed', status: 200 },
    ],
  });
  const [first, second] = well.steps;
  expect(first?.tookMs).toBeGreaterThan(0);
  expect(second?.startedMs).toBeGreaterThanOrEqual(first?.tookMs ?? Infinity);
  expect(second?.phases?.firstByteMs).toBeGreaterThan(0);
  broken = true;
  const failure = await waitFor('the failure', () => failureOf(id), LONG_MS);
  broken = false;
  expect(failure).toMatchObject({
    outcome: 'down',
    location: 'Cellar',
    steps: [
      { outcome: 'passed', values: [['TOKEN', '[secret]']] },
      { outcome: 'failed', failures: [{ got: expect.stringContaining('none') }] },
    ],
  });
  expect(JSON.stringify(failure)).not.toContain('sesame');
}, 180_000);

it('makes a journey elsewhere, and hands in a picture and a trace of the one that fails', async () => {
  const { id } = await add({
    kind: 'journey',
    url: shop.url,
    intervalSeconds: 60,
    options: {
      script: `
await step('Open the shop', async () => { await page.goto('/'); });
await step('Log in', async () => {
  await page.goto('/login');
  await page.getByLabel('Password').fill(secret('PASSWORD'));
  await expect(page.getByRole('heading')).toHaveText('Hello Ann', { timeout: 500 });
});`,
      secrets: { PASSWORD: 'hunter2' },
    },
  });
  const failure = await waitFor('the failed journey', () => failureOf(id), LONG_MS);
  expect(failure).toMatchObject({
    outcome: 'down',
    location: 'Cellar',
    steps: [
      { name: 'Open the shop', outcome: 'passed' },
      { name: 'Log in', outcome: 'failed' },
    ],
    artefacts: { picture: true, trace: true },
  });
  expect(failure.steps?.every(({ tookMs }) => tookMs > 0)).toBe(true);
  const read = async (part: string) => {
    const path = `/monitors/${id}/artefacts/${failure.artefacts?.id}?part=${part}`;
    return Buffer.from((await instance.ask<{ base64: string }>('GET', path)).base64, 'base64');
  };
  const picture = await read('picture');
  expect(picture.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  expect(picture.length).toBeGreaterThan(1_000);
  const trace = await read('trace');
  expect(trace.subarray(0, 4)).toEqual(Buffer.from('PK\u0003\u0004'));
  expect(trace.includes('hunter2')).toBe(false);
}, 180_000);

it('loses nothing and counts nothing twice when server and probe are both killed', async () => {
  const { id } = await add({ url: ordersUrl, intervalSeconds: 1 });
  const dues = async () => {
    const { items } = await instance.ask<{ items: { dueAt: string }[] }>('GET', `/monitors/${id}/results?limit=200`);
    return items.map(({ dueAt }) => Date.parse(dueAt)).toSorted((a, b) => a - b);
  };
  await waitFor('the first checks', async () => (await dues()).length >= 2, LONG_MS);
  await server.kill('SIGKILL');
  await waitFor('results on the disk', () => waitingIn(folder).names.length >= 8, LONG_MS);
  probe.kill('SIGKILL');
  await once(probe, 'exit');
  const { names, results } = waitingIn(folder);
  const lastKept = Math.max(...names.map((name) => Number(name.slice(0, 15))));
  server = await spawnServer(instance.env);
  probe = spawnProbe(server.url, token, folder);
  await waitFor('an empty disk', () => !names.some((name) => waitingIn(folder).names.includes(name)), LONG_MS);
  const stored = await dues();
  const [, first = 0] = stored;
  // Until the probe was killed nothing is missing; what it had not written yet belongs to its last second.
  const upToKill = stored.slice(1).filter((due) => due <= lastKept);
  expect(results).toBeGreaterThanOrEqual(8);
  expect(upToKill).toEqual(upToKill.map((_, n) => first + n * 1_000));
  expect(lastKept - (upToKill.at(-1) ?? 0)).toBeLessThan(3_000);
  expect(new Set(stored).size).toBe(stored.length);
  await waitFor('checks again', async () => ((await dues()).at(-1) ?? 0) > lastKept + 1_000, LONG_MS);
}, 240_000);
