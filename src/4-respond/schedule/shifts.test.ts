import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#kernel/duration.ts';
import type { Interval } from '#kernel/interval.ts';
import { onCallAt } from './on-call.ts';
import type { Layer, Roster, ScheduleVersion } from './schedule.ts';
import { type FinalShift, finalShifts, layerShifts } from './shifts.ts';

/** Zones whose clocks change in every way there is, with years in which they did. */
const ZONES: readonly (readonly [zone: string, from: number, to: number])[] = [
  ['Australia/Lord_Howe', 2024, 2028],
  ['Antarctica/Troll', 2024, 2028],
  ['Africa/Cairo', 2010, 2016],
  ['Africa/Cairo', 2023, 2027],
  ['Europe/Berlin', 2024, 2028],
  ['Europe/Dublin', 2024, 2027],
  ['America/New_York', 2024, 2028],
  ['America/St_Johns', 2009, 2012],
  ['America/Sao_Paulo', 2015, 2020],
  ['America/Santiago', 2021, 2027],
  ['America/Havana', 2024, 2027],
  ['Asia/Tehran', 2019, 2023],
  ['Asia/Gaza', 2020, 2024],
  ['Pacific/Chatham', 2024, 2028],
  ['Pacific/Apia', 2010, 2014],
  ['Africa/Casablanca', 2022, 2026],
  ['Asia/Pyongyang', 2015, 2019],
];

const AROUND_MS = 30 * HOUR_MS;

/** Every change of a zone's clock in some years. */
function changesOf(zone: string, from: number, to: number): number[] {
  const changes: number[] = [];
  const end = Date.UTC(to, 0);
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(from, 0)).toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds >= end) return changes;
    changes.push(next.epochMilliseconds);
    at = next;
  }
}

/** A clock that was watched minute by minute; it knows nothing of zones but what it showed. */
function watch(zone: string, { startMs, endMs }: Interval) {
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  const jumps: { readonly from: number; readonly to: number; readonly at: number }[] = [];
  let before = Infinity;
  for (let at = startMs; at < endMs; at += MINUTE_MS) {
    const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
    const shown = (at + offsetNanoseconds / 1e6) / MINUTE_MS;
    if (!first.has(shown)) first.set(shown, at);
    last.set(shown, at);
    if (shown > before + 1) jumps.push({ from: before, to: shown, at });
    before = shown;
  }
  const begin = Math.min(...first.keys());
  const found = (seen: ReadonlyMap<number, number>, wall: number) =>
    seen.get(wall) ??
    jumps.find(({ from, to }) => from < wall && wall < to)?.at ??
    (wall < begin ? -Infinity : Infinity);
  return { first: (wall: number) => found(first, wall), last: (wall: number) => found(last, wall) };
}
type Watched = ReturnType<typeof watch>;

/** Minutes since 1970 on a clock on the wall. */
const wallOf = (text: string) => Date.parse(`${text}:00Z`) / MINUTE_MS;
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const UNITS = { hours: 60, days: 1_440, weeks: 10_080 };

function monthsLater(begin: number, months: number): number {
  const at = new Date(begin * MINUTE_MS);
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0)).getUTCDate();
  const day = Math.min(at.getUTCDate(), lastDay);
  const midnight = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, day) / MINUTE_MS;
  return midnight + (begin % 1_440);
}

/** When the turns of a layer begin, found the slow way: by walking from the first to the one that has not begun. */
function beginningsOf(layer: Layer, clock: Watched, untilMs: number): number[] {
  const begin = wallOf(layer.beginsAt);
  const { kind, every } = layer.rotation;
  const fixed = { hourly: 60, daily: 1_440, weekly: 10_080, monthly: 0, custom: 0 }[kind] * every;
  const beginnings: number[] = [];
  let wall = begin;
  while (clock.first(wall) <= untilMs) {
    beginnings.push(clock.first(wall));
    const length = layer.turns[(beginnings.length - 1) % layer.turns.length]?.length;
    if (kind === 'monthly') wall = monthsLater(begin, beginnings.length * every);
    else if (kind === 'custom') wall += length ? length.count * UNITS[length.unit] : 0;
    else wall += fixed;
  }
  return beginnings;
}

/** When a layer is open, by the clock on the wall; null = always. */
function openingsOf({ restrictions }: Layer, clock: Watched, days: readonly number[]): Interval[] | null {
  if (restrictions.length === 0) return null;
  return restrictions.flatMap(({ days: weekdays, start, end }) =>
    days.flatMap((midnight) => {
      if (!weekdays.includes(((midnight / 1_440 + 3) % 7) + 1)) return [];
      const from = minutesOf(start);
      const to = minutesOf(end) + (minutesOf(end) <= from ? 1_440 : 0);
      return [{ startMs: clock.first(midnight + from), endMs: clock.last(midnight + to) }];
    }),
  );
}

const time = fc
  .oneof(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 95 }))
  .map(
    (quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`,
  );
const person = fc.constantFrom('usr_a', 'usr_b', 'usr_c', 'usr_d');
const people = fc.uniqueArray(person, { maxLength: 2 });
const turn = fc.record({ userIds: people });
const length = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 30 }), unit: fc.constant('hours' as const) }),
  fc.record({ count: fc.integer({ min: 1, max: 3 }), unit: fc.constant('days' as const) }),
);
const restriction = fc
  .record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), start: time, end: time })
  .filter(({ start, end }) => start !== end);

/** A layer that has begun within the last days before an instant, so that the slow way is not too slow. */
const layerNear = (atMs: number, mayShadow = false): fc.Arbitrary<Layer> =>
  fc
    .record({
      kind: fc.constantFrom('hourly', 'daily', 'weekly', 'monthly', 'custom'),
      every: fc.integer({ min: 1, max: 3 }),
      daysBefore: fc.integer({ min: -1, max: 9 }),
      at: time,
      turns: fc.array(fc.record({ turn, length }), { minLength: 1, maxLength: 4 }),
      restrictions: fc.array(restriction, { maxLength: 3 }),
      shadow: fc.boolean().map((one) => one && mayShadow),
    })
    .map(({ shadow, kind, every, daysBefore, at, turns, restrictions }) => ({
      name: 'layer',
      shadow,
      beginsAt: `${new Date(atMs - daysBefore * 24 * HOUR_MS).toISOString().slice(0, 10)}T${at}`,
      rotation: { kind, every: kind === 'custom' ? 1 : every },
      turns: turns.map((one) => (kind === 'custom' ? { ...one.turn, length: one.length } : one.turn)),
      restrictions,
      whenAway: 'leave-open',
    }));

const versionOf = (zone: string, layers: readonly Layer[]): ScheduleVersion => ({
  version: 1,
  name: 'Primary',
  effectiveFromMs: 0,
  timeZone: zone,
  layers,
});
const rosterOf = (zone: string, layers: readonly Layer[]): Roster => ({
  versions: [versionOf(zone, layers)],
  overrides: [],
  absences: [],
});

/** What covers an instant; undefined when nothing does. The shifts are in order and do not overlap. */
function covering<Shift extends Interval>(shifts: readonly Shift[], atMs: number): Shift | undefined {
  return shifts.find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);
}

function expectInOrder(shifts: readonly Interval[], what: string) {
  for (const [index, { startMs, endMs }] of shifts.entries()) {
    if (endMs <= startMs) expect.fail(`${what}: an empty shift`);
    if ((shifts[index - 1]?.endMs ?? startMs) > startMs) expect.fail(`${what}: shifts overlap`);
  }
}

function expectFilled(shifts: readonly FinalShift[], window: Interval, what: string) {
  expect(shifts[0]?.startMs, what).toBe(window.startMs);
  expect(shifts.at(-1)?.endMs, what).toBe(window.endMs);
  for (const [index, shift] of shifts.entries()) {
    if (index > 0 && shifts[index - 1]?.endMs !== shift.startMs) expect.fail(`${what}: a hole`);
    if ((shift.userIds.length === 0) !== (shift.gap !== null)) expect.fail(`${what}: a gap without a reason`);
  }
}

describe.each(ZONES)('around every change of the clock in %s from %d to %d', (zone, from, to) => {
  const changes = changesOf(zone, from, to);

  it('there are changes to look at', () => expect(changes.length).toBeGreaterThan(1));

  it('shifts are what a clock on the wall says, minute by minute', () => {
    for (const change of changes) {
      const window = { startMs: change - AROUND_MS, endMs: change + AROUND_MS };
      const clock = watch(zone, { startMs: window.startMs - 26 * HOUR_MS, endMs: window.endMs + 26 * HOUR_MS });
      const today = Math.floor(change / MINUTE_MS / 1_440) * 1_440;
      const days = [-4, -3, -2, -1, 0, 1, 2, 3].map((day) => today + day * 1_440);
      for (const layers of fc.sample(fc.array(layerNear(change), { minLength: 1, maxLength: 2 }), {
        numRuns: 4,
        seed: change % 2 ** 31,
      }))
        compare(zone, layers, window, clock, days);
    }
  });

  it('the shift list and the instant function agree', () => {
    for (const change of changes) {
      const [layers = []] = fc.sample(fc.array(layerNear(change, true), { minLength: 2, maxLength: 3 }), {
        numRuns: 1,
        seed: (change + 1) % 2 ** 31,
      });
      const roster = withChanges(rosterOf(zone, layers), change);
      const window = { startMs: change - 2 * HOUR_MS, endMs: change + 2 * HOUR_MS };
      const shifts = finalShifts(roster, window);
      const what = `${zone} ${new Date(change).toISOString()} ${JSON.stringify(roster)}`;
      expectFilled(shifts, window, what);
      const step = change % 7 === 0 ? MINUTE_MS : 5 * MINUTE_MS;
      for (let at = window.startMs; at < window.endMs; at += step) {
        const { userIds, shadowIds, gap } = onCallAt(roster, at);
        const listed = covering(shifts, at);
        if (
          JSON.stringify([listed?.userIds, listed?.shadowIds, listed?.gap]) !==
          JSON.stringify([userIds, shadowIds, gap])
        )
          expect.fail(`${what} at ${new Date(at).toISOString()}`);
      }
    }
  });
});

/** An override and an absence that lie across the change of the clock. */
function withChanges(roster: Roster, change: number): Roster {
  const across = { startMs: change - 45 * MINUTE_MS, endMs: change + 75 * MINUTE_MS };
  return {
    ...roster,
    overrides: [{ ...across, id: 'ovr_1', kind: 'replace', userId: 'usr_e', replacedUserId: 'usr_a' }],
    absences: [{ startMs: change - HOUR_MS, endMs: change + 20 * MINUTE_MS, userId: 'usr_b' }],
  };
}

function compare(zone: string, layers: readonly Layer[], window: Interval, clock: Watched, days: readonly number[]) {
  const what = `${zone} ${new Date(window.startMs).toISOString()} ${JSON.stringify(layers)}`;
  const planned = layers.map((layer, index) => layerShifts(layer, index, zone, window));
  for (const shifts of planned) expectInOrder(shifts, what);
  const final = finalShifts(rosterOf(zone, layers), window);
  expectFilled(final, window, what);
  const oracles = layers.map((layer) => ({
    layer,
    beginnings: beginningsOf(layer, clock, window.endMs),
    openings: openingsOf(layer, clock, days),
  }));
  // Every rule is about a quarter of an hour, but the clock itself may change at any minute.
  for (let at = window.startMs; at < window.endMs; at += 5 * MINUTE_MS) {
    const walls = oracles.map(({ layer, beginnings, openings }) => {
      const begun = beginnings.findLastIndex((begin) => begin <= at);
      const open = openings === null || openings.some(({ startMs, endMs }) => startMs <= at && at < endMs);
      return open && begun >= 0 ? begun % layer.turns.length : null;
    });
    const listed = planned.map((shifts) => covering(shifts, at)?.turn ?? null);
    if (walls.join() !== listed.join())
      expect.fail(`${what} at ${new Date(at).toISOString()}: the wall says ${walls.join()}, the list ${listed.join()}`);
    const on = layers
      .map((layer, index) => layer.turns[walls[index] ?? -1]?.userIds ?? [])
      .findLast((ids) => ids.length > 0);
    if ((on ?? []).join() !== covering(final, at)?.userIds.join())
      expect.fail(`${what} at ${new Date(at).toISOString()}: somebody else is on call`);
  }
}
