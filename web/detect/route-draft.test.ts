import { describe, expect, it } from 'vitest';
import { FIELDS, moved, opsOf, startOf, valuesIn } from './route-draft.ts';

it('reads values that stand beside each other', () => {
  expect(valuesIn(' db, web ,, db')).toEqual(['db', 'web']);
  expect(valuesIn('')).toEqual([]);
});

describe('moving', () => {
  it.each([
    [0, 1, ['b', 'a', 'c']],
    [2, -1, ['a', 'c', 'b']],
    [0, -1, ['a', 'b', 'c']],
    [2, 1, ['a', 'b', 'c']],
  ] as const)('member %s by %s', (index, by, after) => expect(moved(['a', 'b', 'c'], index, by)).toEqual(after));
});

it('starts each field with a comparison that it knows', () => {
  for (const field of Object.keys(FIELDS) as (keyof typeof FIELDS)[])
    expect(Object.keys(opsOf(field))).toContain(startOf(field).op);
});
