import type { CalendarSpan, CalendarView, Stretch } from './span.ts';

const MINUTE_MS = 60_000;
/** What a hand can aim at: about a dozen points of the screen in each view. */
const STEP_MINUTES: Readonly<Record<CalendarView, number>> = { day: 15, week: 60, month: 360 };

/**
 * The instant that a hand means: the edge of a shift when one is within `reachMs`, else the nearest full step of the
 * day's own clock, counted from its midnight.
 */
export function snapped(
  instantMs: number,
  { days, ...span }: CalendarSpan,
  view: CalendarView,
  edges: readonly number[],
  reachMs: number,
): number {
  const inside = Math.min(Math.max(instantMs, span.startMs), span.endMs);
  const nearest = nearestOf(inside, edges);
  if (nearest !== null && Math.abs(nearest - inside) <= reachMs) return nearest;
  const day = days.findLast(({ startMs }) => startMs <= inside);
  if (day === undefined) return inside;
  const step = STEP_MINUTES[view] * MINUTE_MS;
  return Math.min(day.startMs + Math.round((inside - day.startMs) / step) * step, day.endMs);
}

function nearestOf(instantMs: number, edges: readonly number[]): number | null {
  let best: number | null = null;
  for (const edge of edges) if (best === null || Math.abs(edge - instantMs) < Math.abs(best - instantMs)) best = edge;
  return best;
}

/** What is drawn over between two points, whichever came first, without what is over. */
export function drawn(oneMs: number, otherMs: number, nowMs: number): Stretch {
  const startMs = Math.min(oneMs, otherMs);
  return { startMs: Math.max(startMs, nowMs), endMs: Math.max(oneMs, otherMs) };
}

export type Grip = 'start' | 'end' | 'whole';

/** An override after its edge or all of it was moved by some time; null when that would touch what is over. */
export function moved(override: Stretch, grip: Grip, byMs: number, nowMs: number): Stretch | null {
  const startMs = grip === 'end' ? override.startMs : override.startMs + byMs;
  const endMs = grip === 'start' ? override.endMs : override.endMs + byMs;
  if (grip !== 'end' && (override.startMs < nowMs || startMs < nowMs)) return null;
  return endMs <= nowMs || endMs <= startMs ? null : { startMs, endMs };
}
