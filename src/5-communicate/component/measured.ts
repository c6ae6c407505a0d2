import { lanesOf, type Stretch } from '#monitor';
import type { Interval } from '#kernel/interval.ts';
import type { ComponentStatus } from '../public/page.ts';
import type { StatusStretch } from './cut-days.ts';

type Measured = Stretch;

const STATUS_OF = {
  up: 'operational',
  degraded: 'degraded_performance',
  down: 'major_outage',
  unknown: 'unknown',
} as const satisfies Record<Exclude<Stretch['state'], 'paused' | 'maintenance'>, ComponentStatus>;

/**
 * What monitors measured, as far as the public is told. A failure that nobody declared stays inside: it reads as
 * operational; one that overlaps a public incident of the component counts whole, also the part before anybody knew.
 * Being unable to see is always told, and so is maintenance, where no monitor outside of it saw anything. Drills and pauses
 * tell nothing. Null when nothing was ever measured.
 */
export function publicStretches(
  measured: readonly Measured[],
  incidents: readonly Interval[],
  nowMs: number,
): StatusStretch[] | null {
  const real = measured.filter((interval) => !interval.drill);
  if (real.length === 0) return null;
  const planned = lanesOf(real, nowMs).get('maintenance') ?? [];
  const maintenance = planned.map((stretch): StatusStretch => ({ ...stretch, status: 'under_maintenance' }));
  const seen = real.flatMap(({ state, startedAt, endedAt }): StatusStretch[] => {
    if (state === 'paused' || state === 'maintenance') return [];
    const startMs = startedAt.getTime();
    const endMs = endedAt?.getTime() ?? nowMs;
    const failed = state === 'down' || state === 'degraded';
    const declared = incidents.some((incident) => incident.startMs < endMs && incident.endMs > startMs);
    return [{ startMs, endMs, status: failed && !declared ? 'operational' : STATUS_OF[state] }];
  });
  return [...maintenance, ...seen];
}

/** Since when no monitor of the component sees anything, or null while at least one does (or none should). */
export function blindSince(measured: readonly Measured[]): Date | null {
  const current = measured.filter(
    ({ drill, endedAt, state }) => !drill && endedAt === null && state !== 'paused' && state !== 'maintenance',
  );
  if (current.length === 0 || current.some((interval) => interval.state !== 'unknown')) return null;
  return current.reduce((last, { startedAt }) => (startedAt > last ? startedAt : last), new Date(0));
}

/** Since when the component is in maintenance: its service, or every monitor of it that is not paused. Null when it is not. */
export function maintenanceSince(
  measured: readonly Measured[],
  planned: readonly Interval[],
  nowMs: number,
): Date | null {
  const own = planned.find(({ startMs, endMs }) => startMs <= nowMs && endMs > nowMs);
  if (own) return new Date(own.startMs);
  const current = measured.filter(({ drill, endedAt, state }) => !drill && endedAt === null && state !== 'paused');
  if (current.length === 0 || current.some(({ state }) => state !== 'maintenance')) return null;
  return current.reduce((last, { startedAt }) => (startedAt > last ? startedAt : last), new Date(0));
}
