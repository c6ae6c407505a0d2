import { clipIntervals, coveredMs, type Interval, mergeIntervals, subtractIntervals } from '#kernel/interval.ts';
import type { Day, Uptime } from '../result/contract.ts';
import type { MonitorState } from '../verdict/contract.ts';

/** What uptime is made of; `endedAt` null = still so. */
export type Stretch = {
  /** `maintenance`: planned work, whatever was seen in it. */
  readonly state: CountedState;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly drill: boolean;
};

type CountedState = MonitorState | 'maintenance';
type Amounts = Record<CountedState, number>;

/** States from the strongest claim to the weakest: where several monitors overlap, the stronger one counts. */
const STRENGTH: readonly CountedState[] = ['down', 'degraded', 'up', 'maintenance', 'unknown', 'paused'];

/**
 * Uptime of [from, to), cut at `now`: time-weighted, degraded counts as up. Time in maintenance, unknown and paused time is
 * left out of the percentage and shown; drills are left out altogether. Stretches of several monitors are merged, the worst
 * counts, and what one of them saw outside of its maintenance counts although another was in it.
 */
export function uptimeOf(stretches: readonly Stretch[], from: Date, to: Date, now: Date): Uptime {
  const end = Math.min(to.getTime(), now.getTime());
  const amounts = measure(lanesOf(stretches, now.getTime()), { startMs: from.getTime(), endMs: end });
  return { from: from.toISOString(), to: to.toISOString(), ...present(amounts) };
}

/** One `Day` for each date from `first` to `last`, cut at midnights in the zone (days of 23 or 25 hours included). */
export function daysOf(
  stretches: readonly Stretch[],
  days: { readonly first: Temporal.PlainDate; readonly last: Temporal.PlainDate; readonly timeZone: string },
  now: Date,
): Day[] {
  const lanes = lanesOf(stretches, now.getTime());
  const midnight = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone: days.timeZone }).epochMilliseconds;
  const bars: Day[] = [];
  for (let date = days.first; Temporal.PlainDate.compare(date, days.last) <= 0; date = date.add({ days: 1 })) {
    const window = { startMs: midnight(date), endMs: Math.min(midnight(date.add({ days: 1 })), now.getTime()) };
    bars.push({ date: date.toString(), ...present(measure(lanes, window)) });
  }
  return bars;
}

/** 99.99999 is not 100: rounded down to three places. Null when nothing is known. */
export function percentOf(upMs: number, downMs: number): number | null {
  const known = upMs + downMs;
  return known > 0 ? Math.floor((upMs / known) * 100_000) / 1_000 : null;
}

/** Disjoint lanes per state: time claimed by a stronger state is taken from the weaker ones. */
export function lanesOf(stretches: readonly Stretch[], nowMs: number): Map<CountedState, Interval[]> {
  const lanes = new Map<CountedState, Interval[]>();
  let claimed: Interval[] = [];
  for (const state of STRENGTH) {
    const own = stretches
      .filter((stretch) => stretch.state === state && !stretch.drill)
      .map(({ startedAt, endedAt }) => ({ startMs: startedAt.getTime(), endMs: endedAt?.getTime() ?? nowMs }));
    lanes.set(state, subtractIntervals(own, claimed));
    claimed = mergeIntervals([...claimed, ...own]);
  }
  return lanes;
}

function measure(lanes: ReadonlyMap<CountedState, Interval[]>, window: Interval): Amounts {
  const of = (state: CountedState) => coveredMs(clipIntervals(lanes.get(state) ?? [], window));
  return {
    up: of('up'),
    degraded: of('degraded'),
    down: of('down'),
    maintenance: of('maintenance'),
    unknown: of('unknown'),
    paused: of('paused'),
  };
}

function present(amounts: Amounts): Omit<Day, 'date'> {
  return {
    uptimePercent: percentOf(amounts.up + amounts.degraded, amounts.down),
    upSeconds: amounts.up / 1_000,
    degradedSeconds: amounts.degraded / 1_000,
    downSeconds: amounts.down / 1_000,
    maintenanceSeconds: amounts.maintenance / 1_000,
    unknownSeconds: amounts.unknown / 1_000,
    pausedSeconds: amounts.paused / 1_000,
  };
}
