import { clipIntervals, type Interval } from '#kernel/interval.ts';
import { type Moment, turnoutOf, withOverrides } from './people-on-turn.ts';
import { openTimes } from './restriction.ts';
import type { Layer, Roster, ScheduleVersion } from './schedule.ts';
import { turnSpans } from './turns.ts';

/** A stretch in which one turn of a layer is planned; overrides and absences are not in it. */
export type LayerShift = Interval & {
  /** Its place in the version's list of layers. */
  readonly layer: number;
  /** Its place in the layer's list of turns. */
  readonly turn: number;
  readonly userIds: readonly string[];
};

/** Why nobody is on call. */
export type Gap = {
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
  return turnSpans(layer, zone, window).flatMap((span) => {
    const { userIds = [] } = layer.turns[span.index] ?? {};
    return clipIntervals(open, span).map((part) => ({ ...part, layer: index, turn: span.index, userIds }));
  });
}

/** Who is on call through a window: stretches in order that fill it without a hole, gaps among them. */
export function finalShifts(roster: Roster, window: Interval): FinalShift[] {
  const shifts: FinalShift[] = [];
  for (const span of versionSpans(roster.versions, window)) {
    for (const next of span.version === null ? [notBegun(span)] : versionShifts(span.version, roster, span)) {
      const last = shifts.at(-1);
      if (last && isSame(last, next)) shifts[shifts.length - 1] = { ...last, endMs: next.endMs };
      else shifts.push(next);
    }
  }
  return shifts;
}

function versionShifts(version: ScheduleVersion, roster: Roster, window: Interval): FinalShift[] {
  const planned = version.layers.map((layer, index) => layerShifts(layer, index, version.timeZone, window));
  const cuts = cutsIn(
    window,
    [...planned.flat(), ...roster.overrides, ...roster.absences].flatMap(({ startMs, endMs }) => [startMs, endMs]),
  );
  const cursors = planned.map(() => 0);
  return stretches(cuts).map((span) => {
    const current = planned.map((shifts, index) => {
      let cursor = cursors[index] ?? 0;
      while ((shifts[cursor]?.endMs ?? Infinity) <= span.startMs) cursor++;
      cursors[index] = cursor;
      const shift = shifts[cursor];
      return shift && shift.startMs <= span.startMs ? shift : null;
    });
    return resolve(version, roster, span, current);
  });
}

/** Who is on call in a stretch in which nothing changes. */
function resolve(
  version: ScheduleVersion,
  roster: Roster,
  span: Interval,
  current: readonly (LayerShift | null)[],
): FinalShift {
  const holds = ({ startMs, endMs }: Interval) => startMs <= span.startMs && endMs > span.startMs;
  const overrides = roster.overrides.filter(holds);
  const moment: Moment = { overrides, away: new Set(roster.absences.filter(holds).map(({ userId }) => userId)) };
  const turnouts = current.flatMap((shift) => {
    const layer = shift && version.layers[shift.layer];
    return layer && !layer.shadow ? [{ layer: shift.layer, ...turnoutOf(layer, shift.turn, moment) }] : [];
  });
  const winner = turnouts.findLast(({ userIds }) => userIds.length > 0);
  const userIds = withOverrides(winner?.userIds ?? [], moment);
  return {
    ...span,
    version: version.version,
    userIds,
    shadowIds: shadowsOf(version, current).filter((id) => !userIds.includes(id) && !moment.away.has(id)),
    layer: winner && userIds.some((id) => winner.userIds.includes(id)) ? winner.layer : null,
    overrideIds: overrides.map(({ id }) => id),
    gap: userIds.length > 0 ? null : gapOf(version, turnouts, span, moment),
  };
}

/** Overrides are about who is paged, so they do not touch those who only look on. */
function shadowsOf({ layers }: ScheduleVersion, current: readonly (LayerShift | null)[]): string[] {
  return [...new Set(current.flatMap((shift) => (shift && layers[shift.layer]?.shadow ? shift.userIds : [])))];
}

type Attempt = { readonly awayIds: readonly string[]; readonly removedIds: readonly string[] };

function gapOf(version: ScheduleVersion, attempts: readonly Attempt[], span: Interval, moment: Moment): Gap {
  const replacements = moment.overrides.flatMap(({ kind, userId }) => (kind === 'remove' ? [] : [userId]));
  const away = [...attempts.flatMap(({ awayIds }) => awayIds), ...replacements].filter((id) => moment.away.has(id));
  if (away.length > 0) return { reason: 'away', userIds: [...new Set(away)] };
  const removed = attempts.flatMap(({ removedIds }) => removedIds);
  if (removed.length > 0) return { reason: 'removed', userIds: [...new Set(removed)] };
  if (attempts.length > 0) return { reason: 'unassigned', userIds: [] };
  const begun = version.layers.some(
    (layer) => !layer.shadow && (turnSpans(layer, version.timeZone, span)[0]?.startMs ?? Infinity) <= span.startMs,
  );
  return { reason: begun ? 'restricted' : 'not-begun', userIds: [] };
}

function notBegun({ startMs, endMs }: Interval): FinalShift {
  return {
    startMs,
    endMs,
    version: null,
    userIds: [],
    shadowIds: [],
    layer: null,
    overrideIds: [],
    gap: { reason: 'not-begun', userIds: [] },
  };
}

function isSame(one: FinalShift, other: FinalShift): boolean {
  const key = ({ version, userIds, shadowIds, layer, overrideIds, gap }: FinalShift) =>
    JSON.stringify([version, userIds, shadowIds, layer, overrideIds, gap]);
  return key(one) === key(other);
}

/** The ends of a window and every instant inside it, in order, each once. */
function cutsIn({ startMs, endMs }: Interval, instants: readonly number[]): number[] {
  const inside = instants.filter((at) => at > startMs && at < endMs);
  return [...new Set([startMs, ...inside, endMs])].toSorted((a, b) => a - b);
}

function stretches(cuts: readonly number[]): Interval[] {
  return cuts.slice(1).map((endMs, index) => ({ startMs: cuts[index] ?? endMs, endMs }));
}
