import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { CheckSpec } from '../check/spec.ts';
import type { Monitor } from '../monitor/contract.ts';
import { createAssignment } from './assignment.ts';
import { beatNode, removeNode } from './store.ts';

let t: TestSystem;
let ids: string[];
beforeEach(async () => {
  t = await createTestSystem();
  ids = [];
  for (let n = 0; n < 12; n++) {
    const headers = { Authorization: `Bearer secret-${n}` };
    const made = await t.call('POST', '/api/v1/monitors', { url: `https://example.com/${n}`, headers });
    ids.push((made.body as Monitor).id);
  }
});
afterEach(() => t.close());

/** An engine that only remembers what it was told. */
function engineNotes() {
  const specs = new Map<string, CheckSpec>();
  const calls: string[] = [];
  const take = (name: string, list: readonly CheckSpec[]) => {
    calls.push(`${name} ${list.length}`);
    for (const spec of list) specs.set(spec.monitorId, spec);
  };
  return {
    specs,
    calls,
    upsert: (list: readonly CheckSpec[]) => take('upsert', list),
    replaceAll: (list: readonly CheckSpec[]) => take('replaceAll', list),
    remove(gone: readonly string[]) {
      calls.push(`remove ${gone.length}`);
      for (const id of gone) specs.delete(id);
    },
  };
}

it('gives the engine everything once, then only what changed', async () => {
  const engine = engineNotes();
  const assignment = createAssignment(t.system, 'a', engine);
  await assignment.sync(['a'], null);
  expect(engine.specs.get(ids[3] ?? '')).toMatchObject({
    url: 'https://example.com/3',
    headers: { Authorization: 'Bearer secret-3' },
    intervalMs: 30_000,
    allowedTargets: ['127.0.0.0/8'],
  });
  await assignment.sync(['a'], null);
  await t.call('PATCH', `/api/v1/monitors/${ids[0]}`, { intervalSeconds: 60 });
  await t.call('POST', `/api/v1/monitors/${ids[1]}/pause`, {});
  await t.call('DELETE', `/api/v1/monitors/${ids[2]}`);
  await assignment.sync(['a'], ids.slice(0, 3));
  await assignment.sync(['a'], null);
  expect(engine.calls).toEqual(['replaceAll 12', 'remove 2', 'upsert 1']);
  expect(engine.specs.get(ids[0] ?? '')?.intervalMs).toBe(60_000);
  await t.call('POST', `/api/v1/monitors/${ids[1]}/resume`, {});
  await assignment.sync(['a'], [ids[1] ?? '']);
  expect([...engine.specs.keys()].toSorted()).toEqual(ids.filter((_, i) => i !== 2).toSorted());
});

it('asks again with what the owner has allowed since', async () => {
  const engine = engineNotes();
  const assignment = createAssignment(t.system, 'a', engine);
  await assignment.sync(['a'], null);
  await t.call('POST', '/api/v1/allowed-targets', { cidr: '10.0.0.0/8' });
  await assignment.sync(['a'], null);
  expect(engine.calls).toEqual(['replaceAll 12', 'upsert 12']);
  expect(engine.specs.get(ids[0] ?? '')?.allowedTargets).toEqual(['127.0.0.0/8', '10.0.0.0/8']);
});

it('shares all monitors between live nodes, each to one, and takes over when one goes', async () => {
  const { database } = t.system;
  await beatNode(database, 'a', 9);
  const both = await beatNode(database, 'b', 9);
  expect(both).toEqual(['a', 'b']);
  const [a, b] = [engineNotes(), engineNotes()];
  const [ofA, ofB] = [createAssignment(t.system, 'a', a), createAssignment(t.system, 'b', b)];
  await ofA.sync(both, null);
  await ofB.sync(both, null);
  expect([...a.specs.keys(), ...b.specs.keys()].toSorted()).toEqual(ids.toSorted());
  await t.database.pool.query("update probe_node set seen_at = seen_at - interval '10 seconds' where id = 'b'");
  await ofA.sync(await beatNode(database, 'a', 9), null);
  expect(a.specs.size).toBe(12);
  await removeNode(database, 'a');
  expect(await beatNode(database, 'b', 9)).toEqual(['b']);
});
