import { clipIntervals, type Interval, mergeIntervals, subtractIntervals } from '#kernel/interval.ts';
import type { ComponentStatus, PublicDay } from '../public/page.ts';
import { worstOf } from '../public/status.ts';

/** A stretch of a status; `endMs` is set to now while it lasts. */
export type StatusStretch = Interval & { readonly status: ComponentStatus };

export type ComponentPast = {
  /** Nothing is claimed of the time before. */
  readonly createdMs: number;
  /** What updates said, anything but operational. */
  readonly said: readonly StatusStretch[];
  /** What monitors measured and may be told; null = no monitor has ever measured this component. */
  readonly measured: readonly StatusStretch[] | null;
  /** Public incidents that touched the component. */
  readonly incidents: readonly (Interval & { readonly id: string })[];
};

/** The days of a page; made once, since cutting a zone's calendar costs more than everything else here. */
export type DayGrid = { readonly nowMs: number; readonly days: readonly DayStretch[] };
type DayStretch = Interval & { readonly date: string };

/**
 * Which status counts where several are claimed for the same moment. Planned maintenance is left out of the count
 * whatever happens in it; then the worst wins; what one monitor sees, another one's blindness does not hide.
 */
const STRONGEST_FIRST = [
  'under_maintenance',
  'major_outage',
  'partial_outage',
  'degraded_performance',
  'operational',
  'unknown',
] as const satisfies readonly ComponentStatus[];

/** More than this share of a day unseen makes the day grey, if nothing worse is known of it. */
const UNKNOWN_SHARE = 0.05;

/** A component's past, cut into the days of the grid. */
export function cutDays(past: ComponentPast, { nowMs, days }: DayGrid): PublicDay[] {
  const lanes = disjointLanes(past, nowMs);
  const sums = new Map(STRONGEST_FIRST.map((status) => [status, sumByDay(lanes.get(status) ?? [], days)]));
  const ms = (status: ComponentStatus, day: number) => sums.get(status)?.[day] ?? 0;
  return days.map(({ date, startMs, endMs }, day) => {
    const down = ms('major_outage', day) + ms('partial_outage', day);
    const observed = down + ms('degraded_performance', day) + ms('operational', day);
    const unknown = ms('unknown', day);
    const present = STRONGEST_FIRST.filter((status) => ms(status, day) > 0).filter(
      (status) => status !== 'unknown' || observed === 0 || unknown > UNKNOWN_SHARE * (observed + unknown),
    );
    return {
      date,
      worst: worstOf(present),
      downSeconds: Math.ceil(down / 1_000),
      maintenanceSeconds: Math.round(ms('under_maintenance', day) / 1_000),
      unknownSeconds: Math.round(unknown / 1_000),
      observedSeconds: Math.round(observed / 1_000),
      incidents: past.incidents.filter((i) => i.startMs < endMs && i.endMs > startMs).map(({ id }) => id),
    };
  });
}

/** Each moment of the component's life in exactly one lane, or in none where nothing is known. */
function disjointLanes(past: ComponentPast, nowMs: number): Map<ComponentStatus, Interval[]> {
  const life = { startMs: past.createdMs, endMs: nowMs };
  const lanes = new Map<ComponentStatus, Interval[]>();
  let claimed: Interval[] = [];
  for (const status of STRONGEST_FIRST) {
    const stretches = [...past.said, ...(past.measured ?? [])].filter((stretch) => stretch.status === status);
    const quiet = status === 'operational' && past.measured === null ? [life] : [];
    const own = clipIntervals(mergeIntervals([...stretches, ...quiet]), life);
    lanes.set(status, subtractIntervals(own, claimed));
    claimed = mergeIntervals([...claimed, ...own]);
  }
  return lanes;
}

/** The last `count` calendar days of the zone, oldest first, today (so far) included. Days have 23 to 25 hours. */
export function dayGrid(timeZone: string, nowMs: number, count: number): DayGrid {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate();
  const dates = Array.from({ length: count + 1 }, (_, index) => today.subtract({ days: count - 1 - index }));
  const midnights = dates.map((date) => date.toZonedDateTime({ timeZone }).epochMilliseconds);
  const days = dates.slice(0, count).map((date, index) => ({
    date: date.toString(),
    startMs: midnights[index] ?? nowMs,
    endMs: Math.min(nowMs, midnights[index + 1] ?? nowMs),
  }));
  return { nowMs, days };
}

/** Milliseconds of each day that the intervals cover; both are in order and disjoint, so one walk does. */
function sumByDay(intervals: readonly Interval[], days: readonly DayStretch[]): number[] {
  const sums = days.map(() => 0);
  let day = 0;
  for (const { startMs, endMs } of intervals) {
    while (day < days.length && (days[day]?.endMs ?? 0) <= startMs) day++;
    for (let at = day; at < days.length; at++) {
      const stretch = days[at];
      if (!stretch || stretch.startMs >= endMs) break;
      sums[at] = (sums[at] ?? 0) + Math.max(0, Math.min(endMs, stretch.endMs) - Math.max(startMs, stretch.startMs));
    }
  }
  return sums;
}
