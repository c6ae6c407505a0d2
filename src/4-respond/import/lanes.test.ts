import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Interval, mergeIntervals } from '#kernel/interval.ts';
import { layerShifts } from '../schedule/shifts.ts';
import { coverOf } from './lanes.ts';

const NOW = Date.parse('2026-10-20T10:00:00Z');
const DAY_MS = 86_400_000;
const window = { startMs: NOW, endMs: NOW + 70 * DAY_MS };

it('a layer without an open turn has somebody whenever its turns say so, which are not told apart for it', () => {
  const time = fc
    .tuple(fc.nat(23), fc.constantFrom('00', '30'))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
  const restriction = fc
    .record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), start: time, end: time })
    .filter(({ start, end }) => start !== end);
  fc.assert(
    fc.property(
      fc.record({
        beginsAt: fc.constantFrom('2026-01-05T09:00', '2026-10-25T02:30', '2026-11-20T00:00', '2027-05-01T00:00'),
        kind: fc.constantFrom('hourly' as const, 'daily' as const, 'weekly' as const, 'monthly' as const),
        every: fc.integer({ min: 1, max: 9 }),
        open: fc.boolean(),
        restrictions: fc.array(restriction, { maxLength: 3 }),
        fromMs: fc.option(fc.integer({ min: NOW - 9 * DAY_MS, max: NOW + 80 * DAY_MS })),
        untilMs: fc.option(fc.integer({ min: NOW - 9 * DAY_MS, max: NOW + 80 * DAY_MS })),
        zone: fc.constantFrom('Europe/Berlin', 'UTC', 'Australia/Lord_Howe', 'America/Havana'),
      }),
      ({ kind, every, open, zone, ...rest }) => {
        const turns = [{ userIds: ['ann'] }, { userIds: open ? [] : ['bob'] }];
        const layer = {
          ...rest,
          name: 'L',
          shadow: false,
          rotation: { kind, every },
          turns,
          whenAway: 'leave-open' as const,
        };
        const holds = {
          startMs: Math.max(window.startMs, layer.fromMs ?? 0),
          endMs: Math.min(window.endMs, layer.untilMs ?? Infinity),
        };
        const told =
          holds.endMs <= holds.startMs
            ? []
            : mergeIntervals(layerShifts(layer, 0, zone, holds).filter(({ userIds }) => userIds.length > 0));
        const spans = (list: readonly Interval[]) => list.map(({ startMs, endMs }) => [startMs, endMs]);
        expect(spans(coverOf(layer, zone, window))).toEqual(spans(told));
      },
    ),
  );
});
