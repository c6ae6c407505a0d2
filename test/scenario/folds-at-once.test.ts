import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApplication } from '#app/http/server.ts';
import { PIPELINE } from '#app/pipeline.ts';
import { openDatabase } from '#platform/database.ts';
import { silentLogger } from '#platform/log.ts';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { composeForTest } from '#test/harness/founding.ts';
import type { PageView } from '#respond/contract';

let t: Crew;
let ann: Responder;
let bob: Responder;
/** Another node: a system of its own with connections of its own, on the same database. */
let other: { readonly app: Crew['app']; readonly close: () => Promise<void> };

const COUNT = 12;

beforeEach(async () => {
  t = await createCrew();
  [ann, bob] = await hireAnnAndBob(t);
  await t.escalateTo([{ userIds: [ann.id, bob.id], delaySeconds: 300 }]);
  await t.ask('PATCH', '/alert-settings', { pagesPerPerson: 3 });
  const database = openDatabase(t.database.connection, { max: 4 });
  const { system } = composeForTest(database.database, t.clock, silentLogger);
  other = { app: createApplication(system, PIPELINE, '0.0.0-test', null), close: database.close };
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await other.close();
  await t.end();
});

/** Several pages that each of them has as one message, and where each can acknowledge theirs. */
async function fold(): Promise<{ readonly alertIds: string[]; readonly links: readonly [string, string] }> {
  const alertIds: string[] = [];
  for (const nth of ['first', 'second', 'third']) await t.signal({ title: `Alone, the ${nth}` });
  for (let i = 1; i <= COUNT; i++) alertIds.push(await t.signal({ title: `Fault ${i}` }));
  await t.advance(10);
  const linkOf = (who: Responder) => new URL(who.phone().at(-1)?.click ?? '').pathname;
  expect(ann.read().at(-1)).toContain(`${COUNT} more pages wait`);
  expect(bob.read().at(-1)).toContain(`${COUNT} more pages wait`);
  return { alertIds, links: [linkOf(ann), linkOf(bob)] };
}
const press = async (app: Crew['app'], link: string) => {
  const response = await app.request(link, { method: 'POST', headers: { accept: 'application/json' } });
  expect(response.status).toBe(200);
  return ((await response.json()) as { said: string }).said;
};
const counted = (said: string) => Number(/^You acknowledged (\d+) pages?\.$/.exec(said)?.[1] ?? 0);
const pages = async () =>
  (await t.ask<{ items: PageView[] }>('GET', '/pages?limit=200')).items.filter(({ title }) =>
    title.startsWith('Fault'),
  );
/** Who acknowledged each page, as its journal has it. */
const acknowledgements = async () => {
  const rows = await t.database.pool.query<{ words: string }>(
    `select page_id || ' ' || user_id as words from page_entry where kind = 'acknowledged'`,
  );
  return rows.rows.map(({ words }) => words);
};

describe('one message for many pages that is answered at the same time', () => {
  it('by two people on two nodes acknowledges each page once, and tells each of them what they did', async () => {
    const { links } = await fold();
    const said = await Promise.all([press(t.app, links[0]), press(other.app, links[1])]);
    await t.settle();
    expect(counted(said[0]) + counted(said[1])).toBe(COUNT);
    const all = await pages();
    expect(all.map(({ state }) => state)).toEqual(Array(COUNT).fill('acknowledged'));
    const by = (who: Responder) => all.filter(({ acknowledgedBy }) => acknowledgedBy === who.id).length;
    expect([by(ann), by(bob)]).toEqual(said.map(counted));
    expect((await acknowledgements()).toSorted()).toEqual(
      all.map(({ id, acknowledgedBy }) => `${id} ${acknowledgedBy}`).toSorted(),
    );
  });

  it('by one person several times counts each page once', async () => {
    const { links } = await fold();
    const [link] = links;
    const said = await Promise.all([t.app, other.app, t.app, other.app].map((app) => press(app, link)));
    await t.settle();
    expect(said.map(counted).toSorted((a, b) => a - b)).toEqual([0, 0, 0, COUNT]);
    expect(said.filter((words) => words === 'None of these pages waits any more.')).toHaveLength(3);
    expect(await acknowledgements()).toHaveLength(COUNT);
    expect((await pages()).every(({ acknowledgedBy }) => acknowledgedBy === ann.id)).toBe(true);
  });

  it('by both, where everybody has to acknowledge, is one answer of each to every page', async () => {
    await t.escalateTo([{ userIds: [ann.id, bob.id], delaySeconds: 300 }], 0, { acknowledgement: 'all' });
    const { links } = await fold();
    const said = await Promise.all([
      press(t.app, links[0]),
      press(other.app, links[1]),
      press(other.app, links[0]),
      press(t.app, links[1]),
    ]);
    await t.settle();
    expect(said.map(counted).reduce((sum, count) => sum + count, 0)).toBe(2 * COUNT);
    expect((await pages()).map(({ state }) => state)).toEqual(Array(COUNT).fill('acknowledged'));
    const entries = await acknowledgements();
    expect(new Set(entries).size).toBe(entries.length);
    expect(entries).toHaveLength(2 * COUNT);
  });

  it('while its alerts resolve leaves every page over or acknowledged, and fails nobody', async () => {
    const { alertIds, links } = await fold();
    // From the newest on, while pages are acknowledged from the oldest on.
    const resolve = alertIds.toReversed().map((id) => {
      const app = alertIds.indexOf(id) % 2 === 0 ? t.app : other.app;
      const headers = { authorization: `Bearer ${t.apiKey}` };
      return app.request(`/api/v1/alerts/${id}/close`, { method: 'POST', headers });
    });
    const [said, ...resolved] = await Promise.all([press(other.app, links[0]), ...resolve]);
    await t.settle();
    expect(resolved.map(({ status }) => status)).toEqual(Array(COUNT).fill(200));
    const all = await pages();
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['stopped']));
    expect(all.filter(({ acknowledgedBy }) => acknowledgedBy === ann.id)).toHaveLength(counted(said));
    await t.advance(600);
    expect(ann.read().filter((title) => title.startsWith('[PAGE] Fault'))).toEqual([]);
  });
});
