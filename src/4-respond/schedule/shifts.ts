import type { Interval } from '#kernel/interval.ts';
import { type Moment, momentOf, type Turnout, turnoutOf, withOverrides } from './people-on-turn.ts';
import { openTimes } from './restriction.ts';
import type { Layer, Roster, ScheduleVersion } from './schedule.ts';
import { beginningOf, turnSpans } from './turns.ts';

/** A stretch in which one turn of a layer is planned; overrides and absences are not in it. */
export type LayerShift = Interval & {
  /** Its place in the version's list of layers. */
  readonly layer: number;
  /** Its place in the layer's list of turns. */
  readonly turn: number;
  readonly userIds: readonly string[];
};

/** Why nobody is on call. */
type Gap = {
  readonly reason: 'not-begun' | 'restricted' | 'unassigned' | 'away' | 'removed';
  /** Who would be on call: those who are away, or were removed. */
  readonly userIds: readonly string[];
};

/** A stretch in which the same people are on call for the same reason, or nobody is. */
export type FinalShift = Interval & {
  readonly version: number | null;
  readonly userIds: readonly string[];
  readonly shadowIds: readonly string[];
  /** The layer that covers it; null when only an override does, or nothing. */
  readonly layer: number | null;
  readonly overrideIds: readonly string[];
  /** Said exactly when nobody is on call. */
  readonly gap: Gap | null;
};

/** The stretch of a window in which a version holds: the last one written whose time has come. */
export type VersionSpan = Interval & { readonly version: ScheduleVersion | null };

/** Cuts a window into the stretches of its versions; null before the first. */
export function versionSpans(versions: readonly ScheduleVersion[], window: Interval): VersionSpan[] {
  const cuts = cutsIn(
    window,
    versions.map(({ effectiveFromMs }) => effectiveFromMs),
  );
  return stretches(cuts).map((span) => ({
    ...span,
    version: versions.findLast(({ effectiveFromMs }) => effectiveFromMs <= span.startMs) ?? null,
  }));
}

/** What one layer plans inside a window, in order; shifts never overlap. */
export function layerShifts(layer: Layer, index: number, zone: string, window: Interval): LayerShift[] {
  const open = openTimes(layer.restrictions, zone, window);
  const shifts: LayerShift[] = [];
  let next = 0;
  for (const span of turnSpans(layer, zone, window)) {
    const { userIds = [] } = layer.turns[span.index] ?? {};
    while ((open[next]?.endMs ?? Infinity) <= span.startMs) next++;
    for (let at = next; (open[at]?.startMs ?? Infinity) < span.endMs; at++) {
      const startMs = Math.max(open[at]?.startMs ?? 0, span.startMs);
      const endMs = Math.min(open[at]?.endMs ?? 0, span.endMs);
      shifts.push({ startMs, endMs, layer: index, turn: span.index, userIds });
    }
  }
  return shifts;
}

/** Who is on call through a window: stretches in order that fill it without a hole, gaps among them. */
export function finalShifts(roster: Roster, window: Interval): FinalShift[] {
  const shifts: FinalShift[] = [];
  let before: string | null = null;
  for (const span of versionSpans(roster.versions, window)) {
    for (const { startMs, endMs, lot } of span.version === null
      ? [notBegun(span)]
      : lotsIn(span.version, roster, span)) {
      const last = shifts.at(-1);
      if (last && lot.key === before) shifts[shifts.length - 1] = { ...last, endMs };
      else shifts.push({ startMs, endMs, ...lot.shift });
      before = lot.key;
    }
  }
  return shifts;
}

/** Who is on call and why, whenever that is; those with the same key are the same. */
type Lot = { readonly shift: Omit<FinalShift, 'startMs' | 'endMs'>; readonly key: string };
type LotSpan = Interval & { readonly lot: Lot };

function lotsIn(version: ScheduleVersion, roster: Roster, window: Interval): LotSpan[] {
  const planned = version.layers.map((layer, index) => layerShifts(layer, index, version.timeZone, window));
  const shiftAt = planned.map((shifts) => walkThrough(shifts));
  const changes = [...roster.overrides, ...roster.absences].flatMap(endsOf);
  const cuts = cutsIn(window, [...planned.flatMap((shifts) => shifts.flatMap(endsOf)), ...changes]);
  const momentAt = walkThrough(
    stretches(cutsIn(window, changes)).map((span) => ({ ...span, ...judging(version, roster, span) })),
  );
  const begunMs = beginningOfAll(version);
  return stretches(cuts).map((span) => {
    const moment = momentAt(span.startMs);
    if (!moment) throw new Error('Invariant broken: a window is filled with moments');
    const turns = shiftAt.map((at) => at(span.startMs)?.turn ?? null);
    return { ...span, lot: moment.lotOf(turns, begunMs <= span.startMs) };
  });
}

const endsOf = ({ startMs, endMs }: Interval) => [startMs, endMs];

/** Which of some stretches in order holds at an instant, null = none; the instants are asked for in order too. */
function walkThrough<Span extends Interval>(spans: readonly Span[]): (atMs: number) => Span | null {
  let cursor = 0;
  return (atMs) => {
    while ((spans[cursor]?.endMs ?? Infinity) <= atMs) cursor++;
    const span = spans[cursor];
    return span && span.startMs <= atMs ? span : null;
  };
}

/** What overrides and absences make of the layers' turns in a stretch in which none of them begins or ends. */
type Judging = { readonly lotOf: (turns: readonly (number | null)[], hasBegun: boolean) => Lot };

/** The same turns meet again and again, so each combination is judged once, and each turn. */
function judging(version: ScheduleVersion, roster: Roster, { startMs }: Interval): Judging {
  const holds = (one: Interval) => one.startMs <= startMs && one.endMs > startMs;
  const away = roster.absences.filter(holds).map(({ userId }) => userId);
  const moment = momentOf(roster.overrides.filter(holds), new Set(away));
  const lots = new Map<string, Lot>();
  const turnouts = version.layers.map(() => new Map<number, Turnout>());
  const turnout = (layer: Layer, index: number, turn: number) => {
    const found = turnouts[index]?.get(turn) ?? turnoutOf(layer, turn, moment);
    turnouts[index]?.set(turn, found);
    return found;
  };
  return {
    lotOf(turns, hasBegun) {
      const combination = `${turns.join()} ${hasBegun}`;
      const known = lots.get(combination);
      if (known) return known;
      const attempts = version.layers.flatMap((layer, index) => {
        const turn = turns[index] ?? null;
        return turn === null || layer.shadow ? [] : [{ layer: index, ...turnout(layer, index, turn) }];
      });
      const lot = lotFrom(version, moment, attempts, shadowsOf(version, turns), hasBegun);
      lots.set(combination, lot);
      return lot;
    },
  };
}

function lotFrom(
  { version }: ScheduleVersion,
  moment: Moment,
  attempts: readonly (Turnout & { readonly layer: number })[],
  shadows: readonly string[],
  hasBegun: boolean,
): Lot {
  const winner = attempts.findLast(({ userIds }) => userIds.length > 0);
  const userIds = withOverrides(winner?.userIds ?? [], moment);
  return lotOf({
    version,
    userIds,
    shadowIds: shadows.filter((id) => !userIds.includes(id) && !moment.away.has(id)),
    layer: winner && userIds.some((id) => winner.userIds.includes(id)) ? winner.layer : null,
    overrideIds: moment.overrides.map(({ id }) => id),
    gap: userIds.length > 0 ? null : gapOf(attempts, moment, hasBegun),
  });
}

function lotOf(shift: Lot['shift']): Lot {
  const { version, userIds, shadowIds, layer, overrideIds, gap } = shift;
  return { shift, key: JSON.stringify([version, userIds, shadowIds, layer, overrideIds, gap]) };
}

/** Overrides are about who is paged, so they do not touch those who only look on. */
function shadowsOf({ layers }: ScheduleVersion, turns: readonly (number | null)[]): string[] {
  return [
    ...new Set(layers.flatMap(({ shadow, turns: all }, index) => (shadow && all[turns[index] ?? -1]?.userIds) || [])),
  ];
}

type Attempt = { readonly awayIds: readonly string[]; readonly removedIds: readonly string[] };

function gapOf(attempts: readonly Attempt[], moment: Moment, hasBegun: boolean): Gap {
  const replacements = moment.overrides.flatMap(({ kind, userId }) => (kind === 'remove' ? [] : [userId]));
  const away = [...attempts.flatMap(({ awayIds }) => awayIds), ...replacements].filter((id) => moment.away.has(id));
  if (away.length > 0) return { reason: 'away', userIds: [...new Set(away)] };
  const removed = attempts.flatMap(({ removedIds }) => removedIds);
  if (removed.length > 0) return { reason: 'removed', userIds: [...new Set(removed)] };
  if (attempts.length > 0) return { reason: 'unassigned', userIds: [] };
  return { reason: hasBegun ? 'restricted' : 'not-begun', userIds: [] };
}

/** When the first layer begins by which somebody is paged. */
function beginningOfAll({ layers, timeZone }: ScheduleVersion): number {
  return Math.min(...layers.flatMap((layer) => (layer.shadow ? [] : [beginningOf(layer, timeZone)])));
}

function notBegun({ startMs, endMs }: Interval): LotSpan {
  const gap = { reason: 'not-begun', userIds: [] } as const;
  return {
    startMs,
    endMs,
    lot: lotOf({ version: null, userIds: [], shadowIds: [], layer: null, overrideIds: [], gap }),
  };
}

/** The ends of a window and every instant inside it, in order, each once. */
function cutsIn({ startMs, endMs }: Interval, instants: readonly number[]): number[] {
  const inside = instants.filter((at) => at > startMs && at < endMs);
  return [...new Set([startMs, ...inside, endMs])].toSorted((a, b) => a - b);
}

function stretches(cuts: readonly number[]): Interval[] {
  return cuts.slice(1).map((endMs, index) => ({ startMs: cuts[index] ?? endMs, endMs }));
}
