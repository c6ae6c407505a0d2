import { DAY_MS } from './duration.ts';

/**
 * From wall time to instants, in epoch milliseconds. A wall time may come twice (the clock goes back) or not at all (it
 * goes forward): what begins at it begins at the first, what ends at it ends at the last, and one that does not come is
 * the first instant after the gap.
 */

/** The first instant at which the clock shows a wall time. */
export function firstInstantOf(wall: Temporal.PlainDateTime, zone: string): number {
  return instantOf(wall, zone, 'earlier');
}

/** What the clock shows at an instant. */
export function wallTimeOf(instantMs: number, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone).toPlainDateTime();
}

/** A zone's clock for many questions about one stretch of time. Wall times are in milliseconds, as if it stood in UTC. */
export type WallClock = {
  /** The first instant at which the clock shows a wall time. */
  readonly first: (wallMs: number) => number;
  /** The last instant at which the clock shows a wall time. */
  readonly last: (wallMs: number) => number;
  /** What the clock shows at an instant. */
  readonly shownAt: (instantMs: number) => number;
};

/** Between two of its changes a clock is ahead of UTC by the same. */
type Era = { readonly fromMs: number; readonly untilMs: number; readonly aheadMs: number };

/** No change moves a clock by more, so that far from one a wall time comes exactly once. */
const NEAR_CHANGE_MS = 2 * DAY_MS;

export function wallClock(zone: string): WallClock {
  let era: Era = { fromMs: 0, untilMs: 0, aheadMs: 0 };
  const shownAt = (instantMs: number) => {
    if (instantMs < era.fromMs || instantMs >= era.untilMs) era = eraAt(instantMs, zone);
    return instantMs + era.aheadMs;
  };
  const instant = (wallMs: number, which: 'earlier' | 'later') => {
    shownAt(wallMs - era.aheadMs);
    const atMs = wallMs - era.aheadMs;
    if (atMs - NEAR_CHANGE_MS >= era.fromMs && atMs + NEAR_CHANGE_MS < era.untilMs) return atMs;
    return instantOf(Temporal.PlainDateTime.from(new Date(wallMs).toISOString().slice(0, -1)), zone, which);
  };
  return { shownAt, first: (wallMs) => instant(wallMs, 'earlier'), last: (wallMs) => instant(wallMs, 'later') };
}

/** A wall time in milliseconds, as if the clock stood in UTC. */
export function wallMsOf(wall: Temporal.PlainDateTime): number {
  return wall.toZonedDateTime('UTC').epochMilliseconds;
}

function eraAt(instantMs: number, zone: string): Era {
  const here = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
  // The change at this very instant is the beginning of its era, not what comes before it.
  const before = here.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  return {
    fromMs: before?.epochMilliseconds ?? -Infinity,
    untilMs: here.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    aheadMs: here.offsetNanoseconds / 1e6,
  };
}

function instantOf(wall: Temporal.PlainDateTime, zone: string, which: 'earlier' | 'later'): number {
  const shown = wall.toZonedDateTime(zone, { disambiguation: which });
  if (shown.toPlainDateTime().equals(wall)) return shown.epochMilliseconds;
  // In a gap `earlier` lies before it, and the next change of the clock is the gap's end.
  const before = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return (before.getTimeZoneTransition('next') ?? shown).epochMilliseconds;
}
