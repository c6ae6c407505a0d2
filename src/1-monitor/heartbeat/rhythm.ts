import { DAY_MS } from '#kernel/duration.ts';
import { CronFault, parseCron, upcoming } from './cron.ts';

/** When a job reports: by a period counted from its last beat, or at the times of a cron expression in a zone. */
export type Rhythm = {
  /** With a cron expression, the longest stretch between two of its times. */
  readonly periodSeconds: number;
  readonly cron: string | null;
  readonly timeZone: string | null;
  readonly graceSeconds: number;
  /** How long a run may take; null: as long as the grace. */
  readonly maxRunSeconds: number | null;
};

/** A clock that is a little fast beats before its time, and is not late the moment after. */
const EARLY_MS = 10_000;
const LONGEST_PERIOD_SECONDS = 31_536_000;
/** Enough for a yearly job, and for every time of day and week of a busy one. */
const STRETCHES = 400;

/** When the beat after one that came at `at` should come. */
export function nextExpected(rhythm: Rhythm, at: Date): Date {
  if (rhythm.cron === null || rhythm.timeZone === null) return new Date(at.getTime() + rhythm.periodSeconds * 1_000);
  const [next] = upcoming(parseCron(rhythm.cron), rhythm.timeZone, new Date(at.getTime() + EARLY_MS), 1);
  // Only what has times is saved; nine years on, somebody will have looked.
  return next ?? new Date(at.getTime() + 3_650 * DAY_MS);
}

/** How long a run may take before its end is missed, in milliseconds. */
export function longestRunMs(rhythm: Rhythm): number {
  return (rhythm.maxRunSeconds ?? rhythm.graceSeconds) * 1_000;
}

/** What a cron expression comes to; `fault` says in words why there is none. */
export type CronPlan =
  | { readonly fault: null; readonly next: readonly Date[]; readonly periodSeconds: number }
  | { readonly fault: string };

/** The next `count` times of an expression, and its longest stretch without one (at most a year). */
export function planCron(text: string, timeZone: string, now: Date, count: number): CronPlan {
  try {
    const times = upcoming(parseCron(text), timeZone, now, Math.max(count, STRETCHES));
    if (times.length === 0) return { fault: 'never comes: there is no such day' };
    const gaps = times.slice(1).map((at, index) => at.getTime() - (times[index]?.getTime() ?? 0));
    const longest = Math.max(60, ...gaps.map((ms) => ms / 1_000));
    return {
      fault: null,
      next: times.slice(0, count),
      periodSeconds: Math.min(longest, LONGEST_PERIOD_SECONDS),
    };
  } catch (error) {
    if (error instanceof CronFault) return { fault: error.message };
    throw error;
  }
}
