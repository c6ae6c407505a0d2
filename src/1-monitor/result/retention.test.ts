import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { planPartitions, utcDay } from './retention.ts';

it('makes yesterday to three days ahead, and drops what is older than 30 days', () => {
  const plan = planPartitions(['2026-10-01', '2026-10-24', '2026-11-23'], Date.parse('2026-11-23T23:59:59Z'));
  expect(plan.make).toEqual(['2026-11-22', '2026-11-24', '2026-11-25', '2026-11-26']);
  expect(plan.drop).toEqual(['2026-10-01']);
});
it('has nothing to do right after it was done', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4e12 }),
      fc.array(fc.integer({ min: 0, max: 4e12 }).map(utcDay)),
      (nowMs, days) => {
        const plan = planPartitions(days, nowMs);
        const after = [...days.filter((day) => !plan.drop.includes(day)), ...plan.make];
        expect(planPartitions(after, nowMs)).toEqual({ make: [], drop: [] });
        expect(after).toContain(utcDay(nowMs));
      },
    ),
  );
});
