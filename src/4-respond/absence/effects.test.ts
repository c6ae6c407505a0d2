import { expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '#kernel/duration.ts';
import type { Roster } from '../schedule/schedule.ts';
import { effectsOf } from './effects.ts';

const start = Date.parse('2026-11-30T00:00:00Z');
const two = (part: number) => String(part).padStart(2, '0');
const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** One layer that is open in so many pieces of a quarter of an hour each day; ann has it, and bob where she is away. */
const pieces = (count: number): Roster => ({
  versions: [
    {
      version: 1,
      name: 'Pieces',
      effectiveFromMs: 0,
      timeZone: 'UTC',
      layers: [
        {
          name: 'Pieces',
          shadow: false,
          beginsAt: '2026-11-01T00:00',
          rotation: { kind: 'daily', every: 2 },
          turns: [{ userIds: ['ann'] }, { userIds: ['bob'] }],
          restrictions: Array.from({ length: count }, (_, index) => ({
            days: [1, 2, 3, 4, 5, 6, 7],
            start: clock(index * 28),
            end: clock(index * 28 + 15),
          })),
          whenAway: 'next-in-rotation',
        },
      ],
    },
  ],
  overrides: [],
  absences: [],
});

it('says for each shift that is missed who is on call instead', () => {
  const absence = { userId: 'bob', startMs: start + 5 * MINUTE_MS, endMs: start + 4 * DAY_MS };
  const effects = effectsOf(pieces(2), absence);
  expect(
    effects.map(({ startMs, endMs, insteadIds }) => [
      (startMs - start) / MINUTE_MS,
      (endMs - startMs) / MINUTE_MS,
      insteadIds,
    ]),
  ).toEqual([
    [1_440, 15, ['ann']],
    [1_468, 15, ['ann']],
    [2_880, 15, ['ann']],
    [2_908, 15, ['ann']],
  ]);
});

it('says so at once for thousands of them', () => {
  const absence = { userId: 'ann', startMs: start, endMs: start + 366 * DAY_MS };
  expect(effectsOf(pieces(50), absence).length).toBeGreaterThan(2_000);
});
