import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#test/harness/database.ts';
import { numberArray, textArray } from './array-parameter.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.close());

describe('an array parameter', () => {
  it.each([
    [[]],
    [['plain', null, '', 'NULL', '{"a":"b\\\\c"}', 'two\nlines', 'żółć 🚨', ' spaced , "quoted" ']],
    [Array.from({ length: 2_000 }, (_, i) => 'x'.repeat(i))],
  ])('carries texts as they are', async (values: (string | null)[]) => {
    const { rows } = await sql<{ values: (string | null)[] }>`select ${textArray(values)}::text[] as values`.execute(
      t.database,
    );
    expect(rows[0]?.values).toEqual(values);
  });

  it('carries numbers', async () => {
    const values = [0, -7, 1_764_000_000_123, 0.25];
    const { rows } = await sql<{ values: number[] }>`select ${numberArray(values)}::float8[] as values`.execute(
      t.database,
    );
    expect(rows[0]?.values).toEqual(values);
  });
});
