import { afterEach, beforeEach, expect, it } from 'vitest';
import { observed } from '#test/harness/observed.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { Monitor } from '../monitor/contract.ts';
import type { Evidence } from './contract.ts';
import { recordBatch } from './record-batch.ts';

let t: TestSystem;
let id: string;
beforeEach(async () => {
  t = await createTestSystem();
  id = ((await t.call('POST', '/api/v1/monitors', { url: 'https://example.com' })).body as Monitor).id;
});
afterEach(() => t.close());

const failures = async () =>
  ((await t.call('GET', `/api/v1/monitors/${id}/failures?limit=50`)).body as { items: Evidence[] }).items;
const read = (artefactId: string, part: string) =>
  t.call('GET', `/api/v1/monitors/${id}/artefacts/${artefactId}?part=${part}`);

async function record(count: number, outcome: 'up' | 'down') {
  const now = t.clock.now().getTime();
  for (let i = 0; i < count; i += 1) {
    const at = new Date(now + i * 1_000);
    const artefacts = { picture: Buffer.from(`picture ${i}`), trace: i % 2 === 0 ? Buffer.from(`trace ${i}`) : null };
    await recordBatch(t.system, [
      { ...observed({ workspaceId: t.workspaceId, monitorId: id, at }, outcome), artefacts },
    ]);
  }
}

it('keeps picture and trace of the last ten checks that were not up, and names them in the evidence', async () => {
  await record(12, 'down');
  const [newest, next, ...older] = await failures();
  expect(newest?.artefacts).toEqual({
    id: expect.stringMatching(/^art_/),
    monitorId: id,
    picture: true,
    trace: false,
  });
  const picture = (await read(newest?.artefacts?.id ?? '', 'picture')).body as { base64: string };
  expect(picture).toMatchObject({ contentType: 'image/jpeg', base64: Buffer.from('picture 11').toString('base64') });
  expect((await read(newest?.artefacts?.id ?? '', 'trace')).status).toBe(404);
  expect((await read(next?.artefacts?.id ?? '', 'trace')).body).toMatchObject({
    contentType: 'application/zip',
    base64: Buffer.from('trace 10').toString('base64'),
  });
  const statuses = [];
  for (const { artefacts } of older) statuses.push((await read(artefacts?.id ?? '', 'picture')).status);
  expect(statuses).toEqual([...Array(8).fill(200), 404, 404]);
});

it('keeps nothing of a check that is up, and nothing twice', async () => {
  await record(1, 'up');
  const { rows: none } = await t.database.pool.query('select 1 from check_artefact');
  expect(none).toEqual([]);
  t.clock.advance(60);
  await record(1, 'down');
  await record(1, 'down');
  const { rows } = await t.database.pool.query('select part from check_artefact order by part');
  expect(rows).toEqual([{ part: 'picture' }, { part: 'trace' }]);
});

it('keeps no more than the last fifty that are held, however long an incident lasts', async () => {
  const hold = `insert into check_artefact_hold (workspace_id, holder, artefact_id)
    select distinct workspace_id, 'alt_' || id, id from check_artefact on conflict do nothing`;
  for (let i = 0; i < 60; i += 1) {
    await record(1, 'down');
    await t.database.pool.query(hold);
    t.clock.advance(60);
  }
  await record(1, 'down');
  const { rows } = await t.database.pool.query('select count(distinct id)::int as kept from check_artefact');
  expect(rows).toEqual([{ kept: 51 }]);
});
