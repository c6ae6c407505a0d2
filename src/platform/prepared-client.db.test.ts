import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '#kernel/actor.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { createStatementNames } from './prepared-client.ts';

let t: TestSystem;
beforeAll(async () => {
  t = await createTestSystem();
});
afterAll(() => t.close());

const often = Array.from({ length: 20 }, (_, n) => n);

describe('a statement that is asked again and again', () => {
  beforeEach(async () => {
    await sql`drop table if exists thing`.execute(t.system.database);
    await sql`create table thing (id integer)`.execute(t.system.database);
    await sql`insert into thing values (1)`.execute(t.system.database);
  });
  const things = (database = t.system.database) => sql`select * from thing where id = ${1}`.execute(database);
  /** More at a time than the pool has connections, so that each has planned it. */
  const onEveryConnection = async () => {
    for (const _ of often) await Promise.all(often.map(() => things()));
  };
  const addColumn = () => sql`alter table thing add column colour text default 'red'`.execute(t.system.database);
  const who = () => ({ actor: systemActor('test'), workspaceId: t.workspaceId });

  it('is planned once for a connection', async () => {
    await t.system.transact(who(), async (ctx) => {
      for (const _ of often) await things(ctx.transaction);
      const planned = await sql<{ n: number }>`
        select count(*)::integer as n from pg_prepared_statements where statement like 'select * from thing%'
      `.execute(ctx.transaction);
      expect(planned.rows).toEqual([{ n: 1 }]);
    });
  });

  it('answers when a column was added since', async () => {
    await onEveryConnection();
    await addColumn();
    const answers = await Promise.all(often.map(() => things()));
    for (const { rows } of answers) expect(rows).toEqual([{ id: 1, colour: 'red' }]);
  });

  it('begins its transaction again when a column was added since', async () => {
    await onEveryConnection();
    await addColumn();
    let begun = 0;
    const { rows } = await t.system.transact(who(), async (ctx) => {
      begun += 1;
      return await things(ctx.transaction);
    });
    expect(rows).toEqual([{ id: 1, colour: 'red' }]);
    expect(begun).toBe(2);
  });
});

describe('names of statements', () => {
  it('are for texts that come back, and stay the same', () => {
    const names = createStatementNames();
    const given = often.map(() => names.nameOf('select $1'));
    expect(given[0]).toBeUndefined();
    expect(given.at(-1)).toMatch(/^allclear_\d+$/);
    expect(new Set(given).size).toBe(2);
  });

  it('are bounded, whatever is asked', () => {
    const names = createStatementNames();
    const given = Array.from({ length: 1_000 }, (_, n) => often.map(() => names.nameOf(`select $${n}`)).at(-1));
    expect(given.filter((name) => name !== undefined)).toHaveLength(200);
  });

  it('are new after a renewal', () => {
    const names = createStatementNames();
    const before = often.map(() => names.nameOf('select $1')).at(-1);
    names.renew();
    const after = often.map(() => names.nameOf('select $1')).at(-1);
    expect(after).not.toBe(before);
    expect(after).toBeDefined();
  });
});
