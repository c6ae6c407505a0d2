import type { StateInterval } from '#monitor';
import type { Interval } from '#kernel/interval.ts';
import type { ComponentStatus } from '../public/page.ts';
import type { StatusStretch } from './cut-days.ts';

type Measured = Pick<StateInterval, 'state' | 'startedAt' | 'endedAt' | 'drill'>;

const STATUS_OF = {
  up: 'operational',
  degraded: 'degraded_performance',
  down: 'major_outage',
  unknown: 'unknown',
} as const satisfies Record<Exclude<StateInterval['state'], 'paused'>, ComponentStatus>;

/**
 * What monitors measured, as far as the public is told. A failure that nobody declared stays inside: it reads as
 * operational; one that overlaps a public incident of the component counts whole, also the part before anybody knew.
 * Being unable to see is always told. Drills and pauses tell nothing. Null when nothing was ever measured.
 */
export function publicStretches(
  measured: readonly Measured[],
  incidents: readonly Interval[],
  nowMs: number,
): StatusStretch[] | null {
  const real = measured.filter((interval) => !interval.drill);
  if (real.length === 0) return null;
  return real.flatMap(({ state, startedAt, endedAt }) => {
    if (state === 'paused') return [];
    const startMs = startedAt.getTime();
    const endMs = endedAt?.getTime() ?? nowMs;
    const failed = state === 'down' || state === 'degraded';
    const declared = incidents.some((incident) => incident.startMs < endMs && incident.endMs > startMs);
    return [{ startMs, endMs, status: failed && !declared ? 'operational' : STATUS_OF[state] }];
  });
}

/** Since when no monitor of the component sees anything, or null while at least one does (or none should). */
export function blindSince(measured: readonly Measured[]): Date | null {
  const current = measured.filter(
    (interval) => !interval.drill && interval.endedAt === null && interval.state !== 'paused',
  );
  if (current.length === 0 || current.some((interval) => interval.state !== 'unknown')) return null;
  return current.reduce((last, { startedAt }) => (startedAt > last ? startedAt : last), new Date(0));
}
