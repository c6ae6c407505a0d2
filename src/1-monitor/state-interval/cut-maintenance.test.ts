import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plannedTimes } from '../maintenance/planned.ts';
import { cutMaintenance } from './cut-maintenance.ts';
import type { StateInterval } from './store.ts';
import { uptimeOf } from './uptime.ts';

const at = (seconds: number) => new Date(Date.parse('2026-11-01T00:00:00Z') + seconds * 1_000);
const NOW = at(5_000);
const window = (from: number, to: number, rest: object = {}) => ({
  startsAt: at(from),
  endsAt: at(to),
  endedAt: null,
  serviceIds: ['svc_shop'],
  monitorIds: [],
  ...rest,
});
const interval = (state: StateInterval['state'], from: number, to: number | null, monitorId = 'mon_1') => ({
  monitorId,
  serviceId: 'svc_shop',
  state,
  startedAt: at(from),
  endedAt: to === null ? null : at(to),
  drill: false,
});
const uptime = (intervals: readonly StateInterval[], windows: readonly ReturnType<typeof window>[]) =>
  uptimeOf(cutMaintenance(intervals, plannedTimes(windows, NOW)), at(0), NOW, NOW);

describe('time in maintenance', () => {
  it('is left out of uptime, whatever was seen in it, and shown', () => {
    const intervals = [interval('up', 0, 1_500), interval('down', 1_500, 2_500), interval('up', 2_500, null)];
    expect(uptime(intervals, [window(1_000, 2_000)])).toMatchObject({
      maintenanceSeconds: 1_000,
      downSeconds: 500,
      upSeconds: 3_500,
      uptimePercent: 87.5,
    });
  });

  it('ends when somebody ended it, has not begun before it begins, and none when it was called off', () => {
    const up = [interval('up', 0, null)];
    expect(uptime(up, [window(1_000, 4_000, { endedAt: at(1_600) })]).maintenanceSeconds).toBe(600);
    expect(uptime(up, [window(1_000, 4_000, { endedAt: at(900) })]).maintenanceSeconds).toBe(0);
    expect(uptime(up, [window(6_000, 7_000)]).maintenanceSeconds).toBe(0);
    expect(uptime(up, [window(4_000, 7_000)]).maintenanceSeconds).toBe(1_000);
  });

  it('counts once where windows overlap', () => {
    expect(uptime([interval('up', 0, null)], [window(1_000, 3_000), window(2_000, 4_000)])).toMatchObject({
      maintenanceSeconds: 3_000,
      upSeconds: 2_000,
    });
  });

  it('of a single monitor says nothing of the others', () => {
    const windows = [window(1_000, 2_000, { serviceIds: [], monitorIds: ['mon_1'] })];
    const both = [interval('down', 0, null), interval('up', 0, null, 'mon_2')];
    expect(uptime(both, windows)).toMatchObject({ maintenanceSeconds: 0, upSeconds: 1_000, downSeconds: 4_000 });
    expect(uptime([interval('up', 0, null, 'mon_2')], windows).maintenanceSeconds).toBe(0);
  });

  it('leaves drills alone', () => {
    const drill = { ...interval('down', 0, 3_000), drill: true };
    expect(cutMaintenance([drill], plannedTimes([window(1_000, 2_000)], NOW))).toEqual([drill]);
  });

  it('is going on while a window runs', () => {
    const last = cutMaintenance([interval('up', 0, null)], plannedTimes([window(4_000, 7_000)], NOW)).at(-1);
    expect(last).toMatchObject({ state: 'maintenance', startedAt: at(4_000), endedAt: null });
  });

  it('adds up with the rest to what was there without it', () => {
    const moment = fc.nat(5_000);
    const state = fc.constantFrom('up', 'degraded', 'down', 'unknown', 'paused');
    const line = fc.array(fc.tuple(state, fc.integer({ min: 1, max: 900 })), { maxLength: 10 }).map((parts) => {
      let from = 0;
      return parts.map(([one, length]) => interval(one, from, (from += length)));
    });
    const windows = fc.array(
      fc
        .tuple(moment, moment, fc.option(moment))
        .map(([from, length, ended]) =>
          window(from, from + length + 1, { endedAt: ended === null ? null : at(ended) }),
        ),
      { maxLength: 6 },
    );
    const sum = (u: ReturnType<typeof uptime>) =>
      u.upSeconds + u.degradedSeconds + u.downSeconds + u.maintenanceSeconds + u.unknownSeconds + u.pausedSeconds;
    fc.assert(
      fc.property(line, windows, (intervals, planned) => {
        const [without, cut] = [uptime(intervals, []), uptime(intervals, planned)];
        expect(sum(cut)).toBeCloseTo(sum(without), 6);
        for (const key of ['upSeconds', 'degradedSeconds', 'downSeconds', 'unknownSeconds', 'pausedSeconds'] as const)
          expect(cut[key]).toBeLessThanOrEqual(without[key] + 1e-6);
      }),
    );
  });
});
