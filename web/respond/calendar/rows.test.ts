import { describe, expect, it } from 'vitest';
import type { FinalScheduleView, FinalShiftView } from '#respond/contract';
import { calendarRows, edgesOf, finalBars, versionMarks } from './rows.ts';
import { whyOf } from './why.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour)).toISOString();
const shift = (from: number, to: number, more: Partial<FinalShiftView> = {}): FinalShiftView => ({
  startsAt: at(from),
  endsAt: at(to),
  userIds: ['usr_ann'],
  shadowIds: [],
  version: 1,
  layer: 0,
  overrideIds: [],
  gap: null,
  ...more,
});
const layer = (version: number, index: number, name: string, from: number, to: number, userIds = ['usr_ann']) => ({
  version,
  layer: index,
  name,
  shadow: false,
  shifts: [{ startsAt: at(from), endsAt: at(to), userIds, turn: 0 }],
});
const final = (layers: FinalScheduleView['layers'], shifts: FinalShiftView[] = []): FinalScheduleView => ({
  timeZone: 'UTC',
  from: at(0),
  to: at(48),
  shifts,
  layers,
  gaps: [],
});

describe('the final row', () => {
  it('shows one bar for shifts that look the same, with all of them behind it', () => {
    const bars = finalBars([
      shift(0, 9),
      shift(9, 12, { version: 2, layer: 1 }),
      shift(12, 20, { overrideIds: ['ovr_1'] }),
    ]);
    expect(bars.map(({ kind, shifts }) => [kind, shifts.length])).toEqual([
      ['shift', 2],
      ['changed', 1],
    ]);
  });

  it('tells a gap, whatever its reasons, from the time before there was a schedule', () => {
    const gap = (reason: 'not-begun' | 'restricted') => ({ userIds: [], gap: { reason, userIds: [] } });
    const bars = finalBars([
      shift(0, 1, { ...gap('not-begun'), version: null }),
      shift(1, 2, gap('not-begun')),
      shift(2, 3, { ...gap('restricted'), overrideIds: ['ovr_1'] }),
    ]);
    expect(bars.map(({ kind, shifts }) => [kind, shifts.length])).toEqual([
      ['before', 1],
      ['gap', 2],
    ]);
  });
});

describe('the rows of layers', () => {
  it('go through all versions under one name, in the order of the layers', () => {
    const rows = calendarRows(
      final([layer(1, 0, 'Days', 0, 12), layer(2, 0, 'Days', 12, 24), layer(2, 1, 'Nights', 24, 48, [])]),
      undefined,
      [],
    );
    expect(rows.map(({ title, bars }) => [title, bars.length])).toEqual([
      ['Final', 0],
      ['Days', 1],
      ['Nights', 1],
      ['Overrides', 0],
    ]);
    expect(rows[2]?.bars[0]?.kind).toBe('open');
    expect(
      edgesOf(rows, { startMs: Date.parse(at(0)), endMs: Date.parse(at(30)) }).map((ms) => new Date(ms).getUTCHours()),
    ).toEqual([0, 0]);
  });

  it('keeps two layers of one version apart though they have one name', () => {
    const rows = calendarRows(final([layer(1, 0, 'Days', 0, 12), layer(1, 1, 'Days', 0, 12)]), undefined, undefined);
    expect(rows.map(({ title }) => title)).toEqual(['Final', 'Days', 'Days']);
  });
});

it('a version is marked where it begins, if that is shown', () => {
  const span = { startMs: Date.parse(at(0)), endMs: Date.parse(at(48)) };
  expect(versionMarks([shift(0, 9), shift(9, 12, { version: 3 }), shift(12, 20, { version: 3 })], span)).toEqual([
    { version: 3, atMs: Date.parse(at(9)) },
  ]);
  expect(versionMarks([shift(0, 9)], span)).toEqual([]);
});

describe('why somebody is on call', () => {
  const override = {
    id: 'ovr_1',
    scheduleId: 'sch_1',
    kind: 'replace' as const,
    userId: 'usr_bob',
    replacedUserId: 'usr_ann',
    startsAt: at(0),
    endsAt: at(9),
    reason: null,
    createdAt: at(0),
    createdBy: null,
  };
  const layers = [layer(1, 0, 'Days', 0, 12), layer(1, 1, 'Nights', 0, 12, ['usr_cat'])];

  it('names the layer, the override, and who is planned and away', () => {
    const covered = shift(0, 9, { userIds: ['usr_bob'], overrideIds: ['ovr_1'], layer: 0 });
    expect(whyOf([covered], { layers }, [override])).toEqual({
      layers: [{ name: 'Days', version: 1 }],
      overrides: [override],
      awayIds: ['usr_cat'],
    });
  });

  it('calls nobody away who is on call, or whose place an override took', () => {
    expect(whyOf([shift(0, 9)], { layers: layers.slice(0, 1) }, []).awayIds).toEqual([]);
    const all = { ...override, replacedUserId: null };
    const covered = shift(0, 9, { userIds: ['usr_bob'], overrideIds: ['ovr_1'], layer: null });
    expect(whyOf([covered], { layers }, [all]).awayIds).toEqual([]);
  });
});
