import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#kernel/duration.ts';
import { handOffsBetween } from './hand-offs.ts';
import type { Roster } from './schedule.ts';

const NINE = Date.parse('2026-11-25T09:00Z');

const roster: Roster = {
  versions: [
    {
      version: 1,
      name: 'Primary',
      effectiveFromMs: 0,
      timeZone: 'UTC',
      layers: [
        {
          name: 'Days',
          shadow: false,
          beginsAt: '2026-11-23T09:00',
          rotation: { kind: 'daily', every: 1 },
          turns: [{ userIds: ['ann', 'cid'] }, { userIds: ['bob', 'cid'] }],
          restrictions: [],
          whenAway: 'leave-open',
        },
      ],
    },
  ],
  overrides: [],
  absences: [],
};

const told = (after: number, now: number, minutes = 60, from = roster) =>
  handOffsBetween(from, after, now, minutes).map(
    ({ what, userId, otherIds }) => `${what} ${userId} (${otherIds.join('+')})`,
  );

describe('what is told of a hand-off', () => {
  it('is told before it, once, to who comes on', () => {
    const soon = NINE - HOUR_MS;
    expect(told(soon - MINUTE_MS, soon)).toEqual(['soon ann (cid)']);
    expect(told(soon, soon + MINUTE_MS)).toEqual([]);
  });

  it('is told at it, to who comes on and who goes off; who stays hears nothing', () => {
    expect(told(NINE - MINUTE_MS, NINE)).toEqual(['begins ann (cid)', 'ends bob (ann+cid)']);
    expect(told(NINE, NINE + MINUTE_MS)).toEqual([]);
  });

  it('is told once however often one looks', () => {
    const all = [];
    for (let at = NINE - 3 * HOUR_MS; at < NINE + HOUR_MS; at += 40_000) all.push(...told(at - 40_000, at));
    expect(all).toEqual(['soon ann (cid)', 'begins ann (cid)', 'ends bob (ann+cid)']);
  });

  it('is told only at it when no time before is wanted', () => {
    expect(told(NINE - HOUR_MS - MINUTE_MS, NINE - HOUR_MS, 0)).toEqual([]);
    expect(told(NINE - MINUTE_MS, NINE, 0)).toHaveLength(2);
  });

  it('is not told any more when it is long over', () => {
    expect(told(NINE - 24 * HOUR_MS, NINE + 20 * MINUTE_MS)).toEqual([]);
  });

  it('is told of an override too', () => {
    const overrides = [
      {
        id: 'o',
        kind: 'replace',
        userId: 'dan',
        replacedUserId: 'ann',
        startMs: NINE + HOUR_MS,
        endMs: NINE + 2 * HOUR_MS,
      },
    ] as const;
    const at = NINE + HOUR_MS;
    expect(told(at - MINUTE_MS, at, 0, { ...roster, overrides })).toEqual(['begins dan (cid)', 'ends ann (dan+cid)']);
  });
});
