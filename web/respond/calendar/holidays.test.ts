import { expect, it } from 'vitest';
import { marksOf } from './holidays.ts';

it('a date says its holidays, and whose they are where they are not everybody’s', () => {
  const of = (date: string, name: string, userIds: string[], everybody = false) => ({ date, name, userIds, everybody });
  const marks = marksOf(
    [
      of('2026-12-25', 'Christmas Day', ['usr_a', 'usr_b'], true),
      of('2026-12-26', 'Boxing Day', ['usr_a']),
      of('2026-12-26', 'St Stephen’s Day', ['usr_b']),
    ],
    (id) => ({ usr_a: 'Ann', usr_b: 'Bob' })[id] ?? '',
  );
  expect([...marks]).toEqual([
    ['2026-12-25', 'Christmas Day'],
    ['2026-12-26', 'Boxing Day (Ann); St Stephen’s Day (Bob)'],
  ]);
});
