import { addSeconds, DAY_MS } from '#kernel/duration.ts';
import { coveredMs } from '#kernel/interval.ts';
import { openTimes } from '../schedule/restriction.ts';
import type { QuietWindow } from './contract.ts';

/** Longer than a week, so that the end of any stretch that the rules allow lies in it. */
const AHEAD_MS = 9 * DAY_MS;
const WEEK_MS = 7 * DAY_MS;
/** What has to be left of a week, so that a message goes out at all. */
const OPEN_MS = 5 * 3_600_000;

/** When the quiet hours that run at an instant end; null when none do. */
export function quietUntil(windows: readonly QuietWindow[], zone: string, at: Date): Date | null {
  if (windows.length === 0) return null;
  const startMs = at.getTime();
  const [first] = openTimes(windows, zone, { startMs, endMs: startMs + AHEAD_MS });
  return first?.startMs === startMs ? new Date(first.endMs) : null;
}

/** Whether windows leave too little of the week for anything to be told. */
export function leavesNothing(windows: readonly QuietWindow[]): boolean {
  const startMs = Date.parse('2026-01-05T00:00:00Z');
  const week = { startMs, endMs: startMs + WEEK_MS };
  return windows.length > 0 && WEEK_MS - coveredMs(openTimes(windows, 'UTC', week)) < OPEN_MS;
}

/** When a message goes out, and the end of the quiet hours that it waits for; null when it waits for none. */
export type Told = { readonly dueAt: Date; readonly quietUntil: Date | null };

/**
 * When a message that follows a step by so many seconds goes out. In quiet hours the delay counts from their end, so that a
 * person's methods keep their order; a delay that runs into quiet hours waits for their end as well.
 */
export function whenTold(quietAt: (at: Date) => Date | null, begins: Date, delaySeconds: number): Told {
  const woken = quietAt(begins);
  const dueAt = addSeconds(woken ?? begins, delaySeconds);
  const later = quietAt(dueAt);
  return { dueAt: later ?? dueAt, quietUntil: later ?? woken };
}
