import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocationView, Monitor } from '#monitor/contract';
import { type Instance, startInstance } from '#test/harness/instance.ts';
import { spawnProbe, waitingIn } from '#test/harness/probe-process.ts';
import { type Relay, startRelay } from '#test/harness/relay.ts';
import { waitFor } from '#test/harness/wait-for.ts';

let instance: Instance;
let relay: Relay;
let target: Server;
let targetUrl: string;
let asked = 0;
const folders: string[] = [];
const running = new Set<ChildProcess>();

beforeAll(async () => {
  instance = await startInstance();
  relay = await startRelay(Number(new URL(instance.server.url).port));
  target = createServer((_, response) => {
    asked += 1;
    response.end('well');
  }).listen(0, '127.0.0.1');
  await once(target, 'listening');
  targetUrl = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`;
}, 90_000);

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  relay.close();
  target.close();
  await instance.end();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

type Program = { readonly child: ChildProcess; readonly folder: string };

/** The command as somebody would run it on another machine. */
async function startProbe(
  locationId: string,
  name: string,
  server: string,
  more: readonly string[] = [],
): Promise<Program> {
  const { token } = await instance.ask<{ token: string }>('POST', `/locations/${locationId}/probes`, { name });
  const folder = newFolder();
  return { child: run(server, token, folder, more), folder };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-probe-'));
  folders.push(folder);
  return folder;
}

function run(server: string, token: string, folder: string, more: readonly string[] = []): ChildProcess {
  const child = spawnProbe(server, token, folder, more);
  running.add(child);
  void once(child, 'exit').then(() => running.delete(child));
  return child;
}

const newLocation = (name: string) =>
  instance.ask<LocationView>('POST', '/locations', { name, allowedTargets: ['127.0.0.0/8'] });
const newMonitor = (locationId: string, n = 0) =>
  instance.ask<Monitor>('POST', '/monitors', {
    url: `${targetUrl}${n}`,
    intervalSeconds: 1,
    locations: [locationId],
  });
const read = (id: string) => instance.ask<Monitor>('GET', `/monitors/${id}`);
const results = async (id: string) =>
  (await instance.ask<{ items: { dueAt: string }[] }>('GET', `/monitors/${id}/results?limit=200`)).items;

it('checks from elsewhere, keeps what it finds while the server cannot be reached, and hands all of it in', async () => {
  const { id } = await newLocation('Cellar');
  const probe = await startProbe(id, 'cellar', relay.url);
  const monitor = await newMonitor(id);
  await waitFor('the first check', async () => (await read(monitor.id)).state === 'up', 40_000);
  relay.cut();
  await waitFor('results on the disk', () => waitingIn(probe.folder).names.length >= 8, 40_000);
  relay.mend();
  await waitFor('an empty disk', () => readdirSync(probe.folder).length === 0, 40_000);
  const stored = await results(monitor.id);
  const dues = stored.map(({ dueAt }) => Date.parse(dueAt)).toSorted((a, b) => a - b);
  const gaps = dues.slice(1).map((due, i) => due - (dues[i] ?? 0));
  expect(new Set(gaps)).toEqual(new Set([1_000]));
  expect(dues.length).toBeGreaterThan(8);
  probe.child.kill('SIGTERM');
  await once(probe.child, 'exit');
});

it('survives its own death with a full disk of results', async () => {
  const { id } = await newLocation('Attic');
  const { token } = await instance.ask<{ token: string }>('POST', `/locations/${id}/probes`, { name: 'attic' });
  const folder = newFolder();
  const first = run(relay.url, token, folder);
  const monitor = await newMonitor(id, 2);
  await waitFor('the first check', async () => (await read(monitor.id)).state === 'up', 40_000);
  const before = (await results(monitor.id)).length;
  relay.cut();
  await waitFor('results on the disk', () => waitingIn(folder).names.length >= 5, 40_000);
  first.kill('SIGKILL');
  await once(first, 'exit');
  const { names: waiting, results: found } = waitingIn(folder);
  relay.mend();
  const second = run(relay.url, token, folder);
  await waitFor('all of them', async () => (await results(monitor.id)).length >= before + found, 40_000);
  await waitFor('an empty disk', () => waiting.every((name) => !readdirSync(folder).includes(name)), 20_000);
  second.kill('SIGTERM');
  await once(second, 'exit');
});

it('shares a place: when one of two is killed, the other has all of it within 15 seconds', async () => {
  const { id } = await newLocation('Hall');
  const one = await startProbe(id, 'one', instance.server.url);
  await startProbe(id, 'two', instance.server.url);
  const live = async () => {
    const { items } = await instance.ask<{ items: LocationView[] }>('GET', '/locations');
    return items.find((place) => place.id === id)?.probes.filter(({ state }) => state === 'live') ?? [];
  };
  await waitFor('two live probes', async () => (await live()).length === 2, 40_000);
  const monitors = await Promise.all(Array.from({ length: 8 }, (_, n) => newMonitor(id, 10 + n)));
  const fresh = async () =>
    (await Promise.all(monitors.map(({ id: one_ }) => read(one_)))).every(
      ({ lastCheckedAt }) => lastCheckedAt !== null && Date.now() - Date.parse(lastCheckedAt) < 4_000,
    );
  await waitFor('a check of each', fresh, 40_000);
  await waitFor('a share for both', async () => (await live()).every(({ load }) => (load?.monitors ?? 0) > 0), 30_000);
  one.child.kill('SIGKILL');
  await once(one.child, 'exit');
  // Until the share of the dead one is stale, all of them look fresh.
  await waitFor('a share that nobody asks', async () => !(await fresh()), 12_000);
  await waitFor('the other to ask it', fresh, 15_000);
  expect(asked).toBeGreaterThan(0);
});

it('runs the programs of its folder for monitors that name them, and only there', async () => {
  const { id } = await newLocation('Shed');
  await startProbe(id, 'shed', instance.server.url, ['--programs', '/usr/lib/nagios/plugins']);
  const add = (name: string, args: string[], locations: string[]) =>
    instance.ask<Monitor>('POST', '/monitors', {
      kind: 'exec',
      url: `exec://${name}`,
      options: { args },
      intervalSeconds: 1,
      locations,
    });
  await expect(add('check_disk', [], ['home'])).rejects.toThrow('asked by probes only');
  const port = new URL(targetUrl).port;
  const [well, full, unsure, none] = await Promise.all([
    add('check_tcp', ['-H', '127.0.0.1', '-p', port], [id]),
    add('check_disk', ['-w', '100%', '-p', '/'], [id]),
    add('check_disk', ['-p', '/nowhere/at/all'], [id]),
    add('check_nothing', [], [id]),
  ]);
  const latest = async ({ id: monitorId }: Monitor) => (await read(monitorId)).lastCheckedAt;
  await waitFor(
    'all of them',
    async () => (await Promise.all([well, full, unsure, none].map(latest))).every(Boolean),
    40_000,
  );
  expect((await read(well.id)).state).toBe('up');
  expect(await read(full.id)).toMatchObject({ state: 'degraded' });
  const said = async ({ id: monitorId }: Monitor) => {
    const { items } = await instance.ask<{ items: { summary: string }[] }>('GET', `/monitors/${monitorId}/failures`);
    return items[0]?.summary;
  };
  expect(await said(full)).toMatch(/^DISK WARNING/);
  expect(await read(none.id)).toMatchObject({ state: 'unknown' });
  expect(await said(none)).toContain('holds no program check_nothing');
  expect(['down', 'unknown']).toContain((await read(unsure.id)).state);
}, 60_000);
