import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startCheckEngine, type CheckEngine } from './engine-client.ts';
import type { CheckResult } from './spec.ts';
import { testSpec } from './test-spec.ts';

const log = { info() {}, warn() {}, error() {} };
let server: Server;
let url = '';
let engine: CheckEngine | null = null;

beforeEach(async () => {
  server = createServer((_, response) => response.end('all is well'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
});
afterEach(async () => {
  await engine?.stop();
  server.close();
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

it('checks now, and answers with one result that is not among the others', async () => {
  const stored: CheckResult[] = [];
  engine = startCheckEngine({ onResults: async (results) => void stored.push(...results), log });
  expect(await engine.checkNow(testSpec({ url, timeoutMs: 5_000 }))).toMatchObject({ outcome: 'up', status: 200 });
  expect(stored).toEqual([]);
}, 15_000);

it('is started again with its assignments when it dies, and stays on the grid', async () => {
  const stored: CheckResult[] = [];
  engine = startCheckEngine({ onResults: async (results) => void stored.push(...results), log });
  engine.upsert([testSpec({ monitorId: 'mon_a', url }), testSpec({ monitorId: 'mon_gone', url })]);
  engine.remove(['mon_gone']);
  await until(() => stored.filter((result) => result.monitorId === 'mon_a').length >= 2);
  const { pid } = engine.stats();
  if (pid !== null) process.kill(pid, 'SIGKILL');
  await until(() => engine?.stats().pid !== pid);
  const before = stored.length;
  await until(() => stored.length >= before + 2);
  expect(engine.stats().restarts).toBe(1);
  const onGrid = stored.slice(1).filter((result) => result.monitorId === 'mon_a');
  expect(new Set(onGrid.map((result) => result.dueAtMs % 1_000)).size).toBe(1);
}, 20_000);

it('gives results again, in order, until they are stored', async () => {
  const stored: CheckResult[] = [];
  let refusals = 2;
  const onResults = async (results: readonly CheckResult[]): Promise<void> => {
    refusals -= 1;
    if (refusals >= 0) throw new Error('no database');
    stored.push(...results);
  };
  engine = startCheckEngine({ onResults, log });
  engine.upsert([testSpec({ monitorId: 'mon_a', url })]);
  await until(() => stored.length >= 4);
  const dues = stored.map((result) => result.dueAtMs);
  expect(dues).toEqual(dues.toSorted((first, second) => first - second));
  expect(new Set(dues).size).toBe(dues.length);
  const gaps = dues.slice(2).map((due, index) => due - (dues[index + 1] ?? 0));
  expect(gaps.every((gap) => gap === 1_000)).toBe(true);
}, 20_000);

it('goes on in a thread as well, when what fails there ends it', async () => {
  const stored: CheckResult[] = [];
  engine = startCheckEngine({ onResults: async (results) => void stored.push(...results), log, in: 'thread' });
  const of = (id: string) => stored.filter(({ monitorId }) => monitorId === id);
  engine.upsert([testSpec({ monitorId: 'mon_a', url })]);
  await until(() => of('mon_a').length >= 2);
  // No schedule can be made of it.
  engine.upsert([{ ...testSpec({ monitorId: 'mon_bad', url }), intervalMs: 5n as unknown as number }]);
  await until(() => (engine?.stats().restarts ?? 0) >= 1);
  engine.remove(['mon_bad']);
  const before = of('mon_a').length;
  await until(() => of('mon_a').length >= before + 2);
  expect(await engine.checkNow(testSpec({ url, timeoutMs: 5_000 }))).toMatchObject({ outcome: 'up' });
  expect(
    new Set(
      of('mon_a')
        .slice(1)
        .map(({ dueAtMs }) => dueAtMs % 1_000),
    ).size,
  ).toBe(1);
  expect(engine.stats().pid).toBeNull();
}, 20_000);

/** Loaded by an engine before everything else: whoever connects to `port` throws where nobody catches. */
const throwingAt = (port: string): string =>
  `--import=data:text/javascript,${encodeURIComponent(`
  import { Socket } from 'node:net';
  const { emit } = Socket.prototype;
  Socket.prototype.emit = function (name, ...rest) {
    if (name === 'connect' && this.remotePort === ${port}) throw new Error('planted');
    return emit.call(this, name, ...rest);
  };`)}`;

it('goes on when a check throws in a callback, and only that check is unknown', async () => {
  const other = createServer((_, response) => response.end('well'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const stored: CheckResult[] = [];
  const errors: string[] = [];
  vi.stubEnv('NODE_OPTIONS', throwingAt(new URL(url).port));
  engine = startCheckEngine({
    onResults: async (results) => void stored.push(...results),
    log: { ...log, error: (_, message) => void errors.push(message) },
  });
  vi.unstubAllEnvs();
  const address = other.address();
  const sound = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  engine.upsert([testSpec({ monitorId: 'throws', url }), testSpec({ monitorId: 'sound', url: sound })]);
  await until(() => ['throws', 'sound'].every((id) => stored.filter(({ monitorId }) => monitorId === id).length >= 3));
  other.close();
  const said = new Set(stored.map((result) => `${result.monitorId} ${result.outcome} ${result.error?.message ?? ''}`));
  expect(said).toEqual(new Set(['throws unknown the check could not be made: planted', 'sound up ']));
  expect(new Set(errors)).toEqual(new Set(['a check threw where nobody catches; it is unknown, by our fault']));
  expect(engine.stats().restarts).toBe(0);
}, 20_000);
