import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ComponentPast, cutDays, dayGrid, type StatusStretch } from './cut-days.ts';
import { blindSince, maintenanceSince, publicStretches } from './measured.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const at = (iso: string) => Date.parse(iso);
const grid = dayGrid('UTC', NOW, 5);
const past = (parts: Partial<ComponentPast>): ComponentPast => ({
  createdMs: 0,
  said: [],
  measured: null,
  incidents: [],
  ...parts,
});
const stretch = (status: StatusStretch['status'], from: string, to: string): StatusStretch => ({
  status,
  startMs: at(from),
  endMs: at(to),
});

describe('the days of a component', () => {
  test('are calendar days of the page, today only so far', () => {
    const days = cutDays(past({}), grid);
    expect(days.map((day) => day.date)).toEqual(['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23']);
    expect(days.map((day) => day.observedSeconds)).toEqual([86_400, 86_400, 86_400, 86_400, 43_200]);
  });
  test('have 25 hours when the clock is put back', () => {
    const days = cutDays(past({}), dayGrid('Europe/Berlin', at('2026-10-26T22:59:00Z'), 2));
    expect(days[0]).toMatchObject({ date: '2026-10-25', observedSeconds: 25 * 3_600 });
  });
  test('claim nothing of the time before the component existed', () => {
    const days = cutDays(past({ createdMs: at('2026-11-22T18:00:00Z') }), grid);
    expect(days.map((day) => day.worst)).toEqual([null, null, null, 'operational', 'operational']);
    expect(days[3]?.observedSeconds).toBe(6 * 3_600);
  });
  test('cut an outage at midnight, count the merged time once, and wear the worst', () => {
    const said = [stretch('partial_outage', '2026-11-20T23:50:00Z', '2026-11-21T00:10:00Z')];
    const measured = [
      stretch('operational', '2026-11-01T00:00:00Z', '2026-11-20T23:45:00Z'),
      stretch('major_outage', '2026-11-20T23:45:00Z', '2026-11-21T00:05:00Z'),
      stretch('operational', '2026-11-21T00:05:00Z', '2026-11-23T12:00:00Z'),
    ];
    const days = cutDays(past({ said, measured }), grid);
    expect(days[1]).toMatchObject({ worst: 'major_outage', downSeconds: 900 });
    expect(days[2]).toMatchObject({ worst: 'major_outage', downSeconds: 600 });
    expect(days[2]?.observedSeconds).toBe(86_400);
  });
  test('leave planned maintenance out, whatever happens in it', () => {
    const said = [stretch('under_maintenance', '2026-11-21T02:00:00Z', '2026-11-21T03:00:00Z')];
    const measured = [
      stretch('operational', '2026-11-01T00:00:00Z', '2026-11-21T02:10:00Z'),
      stretch('major_outage', '2026-11-21T02:10:00Z', '2026-11-21T02:20:00Z'),
      stretch('operational', '2026-11-21T02:20:00Z', '2026-11-23T12:00:00Z'),
    ];
    expect(cutDays(past({ said, measured }), grid)[2]).toMatchObject({
      worst: 'under_maintenance',
      downSeconds: 0,
      observedSeconds: 23 * 3_600,
    });
  });
  test('are grey when more than a twentieth was not seen, and not for a blink', () => {
    const measured = (minutes: number) => [
      stretch('operational', '2026-11-01T00:00:00Z', '2026-11-21T00:00:00Z'),
      {
        status: 'unknown' as const,
        startMs: at('2026-11-21T00:00:00Z'),
        endMs: at('2026-11-21T00:00:00Z') + minutes * 60_000,
      },
      { status: 'operational' as const, startMs: at('2026-11-21T00:00:00Z') + minutes * 60_000, endMs: NOW },
    ];
    expect(cutDays(past({ measured: measured(60) }), grid)[2]).toMatchObject({
      worst: 'operational',
      unknownSeconds: 3_600,
    });
    expect(cutDays(past({ measured: measured(90) }), grid)[2]).toMatchObject({
      worst: 'unknown',
      unknownSeconds: 5_400,
    });
  });
  test('are not green where a monitor existed and nothing was measured', () => {
    const measured = [stretch('operational', '2026-11-22T00:00:00Z', '2026-11-23T12:00:00Z')];
    expect(cutDays(past({ measured }), grid).map((day) => day.worst)).toEqual([
      null,
      null,
      null,
      'operational',
      'operational',
    ]);
  });
  test('never count a moment twice or outside the life of the component', () => {
    const statuses = [
      'operational',
      'unknown',
      'under_maintenance',
      'degraded_performance',
      'partial_outage',
      'major_outage',
    ] as const;
    const anyStretch = fc
      .tuple(fc.constantFrom(...statuses), fc.nat(5 * 86_400), fc.nat(2 * 86_400))
      .map(([status, from, length]) => ({
        status,
        startMs: NOW - from * 1_000,
        endMs: Math.min(NOW, NOW - from * 1_000 + length * 1_000),
      }));
    fc.assert(
      fc.property(fc.array(anyStretch), fc.array(anyStretch), fc.nat(6 * 86_400), (said, measured, age) => {
        const days = cutDays(past({ createdMs: NOW - age * 1_000, said, measured }), grid);
        const counted = days.reduce((sum, day) => sum + day.observedSeconds + day.unknownSeconds, 0);
        expect(counted).toBeLessThanOrEqual(age + days.length);
        for (const day of days) {
          expect(day.downSeconds).toBeLessThanOrEqual(day.observedSeconds + 1);
          if (day.downSeconds > 0) expect(['partial_outage', 'major_outage']).toContain(day.worst);
        }
      }),
    );
  });
});

describe('what monitors measured', () => {
  const interval = (
    state: 'up' | 'down' | 'degraded' | 'unknown' | 'paused',
    from: string,
    to: string | null,
    drill = false,
  ) => ({
    state,
    startedAt: new Date(from),
    endedAt: to === null ? null : new Date(to),
    drill,
  });
  const blip = interval('down', '2026-11-22T10:00:00Z', '2026-11-22T10:04:00Z');
  test('stays inside while nobody declared it', () => {
    expect(publicStretches([blip], [], NOW)?.[0]?.status).toBe('operational');
  });
  test('is told whole once a public incident overlaps it, also the part before anybody knew', () => {
    const incident = { startMs: at('2026-11-22T10:03:00Z'), endMs: NOW };
    expect(publicStretches([blip], [incident], NOW)?.[0]).toMatchObject({
      status: 'major_outage',
      startMs: at('2026-11-22T10:00:00Z'),
    });
  });
  test('leaves drills and pauses out, and is null when there was nothing else', () => {
    expect(publicStretches([interval('down', '2026-11-22T10:00:00Z', null, true)], [], NOW)).toBeNull();
    expect(publicStretches([interval('paused', '2026-11-22T10:00:00Z', null)], [], NOW)).toEqual([]);
  });
  test('makes a component unknown only when no monitor sees it', () => {
    const unknown = interval('unknown', '2026-11-23T11:00:00Z', null);
    expect(blindSince([unknown])).toEqual(new Date('2026-11-23T11:00:00Z'));
    expect(blindSince([unknown, interval('up', '2026-11-01T00:00:00Z', null)])).toBeNull();
    expect(blindSince([interval('paused', '2026-11-01T00:00:00Z', null)])).toBeNull();
    expect(blindSince([])).toBeNull();
  });
});

describe('maintenance of a component', () => {
  const from = (state: 'up' | 'down' | 'unknown' | 'paused' | 'maintenance', iso: string) => ({
    state,
    startedAt: new Date(iso),
    endedAt: null,
    drill: false,
  });
  const since = '2026-11-23T11:00:00Z';
  const planned = [{ startMs: at(since), endMs: Infinity }];

  test('is of its service, with monitors or without', () => {
    expect(maintenanceSince([], planned, NOW)).toEqual(new Date(since));
    expect(maintenanceSince([from('down', since)], planned, NOW)).toEqual(new Date(since));
    expect(maintenanceSince([], [{ startMs: at(since), endMs: NOW }], NOW)).toBeNull();
  });
  test('is of every monitor that should see something, or it is none', () => {
    expect(maintenanceSince([from('maintenance', since), from('paused', since)], [], NOW)).toEqual(new Date(since));
    expect(maintenanceSince([from('maintenance', since), from('up', since)], [], NOW)).toBeNull();
    expect(maintenanceSince([from('paused', since)], [], NOW)).toBeNull();
  });
  test('is not blindness, and one monitor in it does not see for another', () => {
    expect(blindSince([from('maintenance', since)])).toBeNull();
    expect(blindSince([from('maintenance', since), from('unknown', since)])).toEqual(new Date(since));
  });
  test('is told, where no other monitor saw anything', () => {
    const told = publicStretches([from('maintenance', '2026-11-23T10:00:00Z'), from('up', since)], [], NOW);
    const days = cutDays(past({ measured: told }), grid);
    expect(days[4]).toMatchObject({ worst: 'under_maintenance', maintenanceSeconds: 3_600, observedSeconds: 3_600 });
  });
});
