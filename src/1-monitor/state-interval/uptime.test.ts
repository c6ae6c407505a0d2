import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MonitorState } from '../verdict/contract.ts';
import { daysOf, percentOf, type Stretch, uptimeOf } from './uptime.ts';

const at = (seconds: number) => new Date(Date.parse('2026-11-01T00:00:00Z') + seconds * 1_000);
const stretch = (state: MonitorState, from: number, to: number | null, drill = false): Stretch => ({
  state,
  startedAt: at(from),
  endedAt: to === null ? null : at(to),
  drill,
});
const some = fc.array(
  fc
    .tuple(fc.constantFrom<MonitorState>('up', 'degraded', 'down', 'unknown', 'paused'), fc.nat(5_000), fc.nat(5_000))
    .map(([state, from, length]) => stretch(state, from, from + length)),
  { maxLength: 12 },
);

describe('uptime', () => {
  it('weighs time, not checks', () => {
    const all = [stretch('up', 0, 900), stretch('down', 900, 1_000), stretch('up', 1_000, null)];
    expect(uptimeOf(all, at(0), at(2_000), at(2_000))).toMatchObject({
      uptimePercent: 95,
      downSeconds: 100,
      upSeconds: 1_900,
    });
  });
  it('leaves unknown and paused time out of the percentage, and shows it', () => {
    const all = [
      stretch('up', 0, 500),
      stretch('unknown', 500, 700),
      stretch('paused', 700, 900),
      stretch('down', 900, 1_000),
    ];
    expect(uptimeOf(all, at(0), at(1_000), at(1_000))).toMatchObject({
      uptimePercent: 83.333,
      unknownSeconds: 200,
      pausedSeconds: 200,
    });
  });
  it('leaves drills out', () => {
    const all = [stretch('up', 0, 1_000), stretch('down', 100, 300, true)];
    expect(uptimeOf(all, at(0), at(1_000), at(1_000))).toMatchObject({ uptimePercent: 100, downSeconds: 0 });
  });
  it('counts degraded as up, and says how long it was', () => {
    const all = [stretch('up', 0, 500), stretch('degraded', 500, 1_000)];
    expect(uptimeOf(all, at(0), at(1_000), at(1_000))).toMatchObject({ uptimePercent: 100, degradedSeconds: 500 });
  });
  it('does not count what has not come yet', () => {
    expect(uptimeOf([stretch('down', 0, null)], at(0), at(1_000), at(400)).downSeconds).toBe(400);
  });
  it('says nothing where nothing is known', () => {
    expect(uptimeOf([], at(0), at(1_000), at(1_000)).uptimePercent).toBeNull();
  });
  it('rounds down, so that one second of downtime is never 100 %', () => {
    expect(percentOf(90 * 86_400_000 - 1_000, 1_000)).toBe(99.999);
    expect(percentOf(1, 0)).toBe(100);
  });
  it('splits a window into parts that add up to the whole', () => {
    fc.assert(
      fc.property(some, fc.nat(6_000), (all, cut) => {
        const whole = uptimeOf(all, at(0), at(6_000), at(10_000));
        const parts = [uptimeOf(all, at(0), at(cut), at(10_000)), uptimeOf(all, at(cut), at(6_000), at(10_000))];
        for (const key of ['upSeconds', 'downSeconds', 'unknownSeconds', 'pausedSeconds', 'degradedSeconds'] as const) {
          expect((parts[0]?.[key] ?? 0) + (parts[1]?.[key] ?? 0)).toBeCloseTo(whole[key], 6);
        }
      }),
    );
  });
  it('counts no instant twice, however intervals overlap', () => {
    fc.assert(
      fc.property(some, (all) => {
        const u = uptimeOf(all, at(0), at(4_000), at(4_000));
        expect(
          u.upSeconds + u.degradedSeconds + u.downSeconds + u.unknownSeconds + u.pausedSeconds,
        ).toBeLessThanOrEqual(4_000);
      }),
    );
  });
});

describe('days', () => {
  it('are cut at local midnight, the long day of autumn included', () => {
    const first = Temporal.PlainDate.from('2026-10-24');
    const last = Temporal.PlainDate.from('2026-10-26');
    const all = [{ state: 'up' as const, startedAt: new Date('2026-10-01'), endedAt: null, drill: false }];
    const days = daysOf(all, { first, last, timeZone: 'Europe/Berlin' }, new Date('2026-11-01'));
    expect(days.map((day) => [day.date, day.upSeconds / 3_600])).toEqual([
      ['2026-10-24', 24],
      ['2026-10-25', 25],
      ['2026-10-26', 24],
    ]);
  });
});
