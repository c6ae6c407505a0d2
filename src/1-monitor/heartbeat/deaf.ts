import { type Pulse, runningSince } from './beat.ts';
import type { Rhythm } from './rhythm.ts';

/** A stretch in which we did not listen. */
export type Gap = { readonly from: Date; readonly until: Date };

/** Rules run every 15 s; a longer pause means that nobody took beats or values either. */
export const DEAF_AFTER_MS = 90_000;

/**
 * Whether the beat that is missing may have come while we did not listen: around the time it was awaited (a grace
 * before and after), or, for a run, at any time since its start.
 */
export function mayHaveBeenMissed(
  pulse: Pick<Pulse, 'dueAt' | 'runs'>,
  rhythm: Pick<Rhythm, 'graceSeconds'>,
  gap: Gap | null,
): boolean {
  if (!gap || !pulse.dueAt) return false;
  const graceMs = rhythm.graceSeconds * 1_000;
  const awaitedFromMs = runningSince(pulse)?.getTime() ?? pulse.dueAt.getTime() - 2 * graceMs;
  return gap.from.getTime() < pulse.dueAt.getTime() && gap.until.getTime() > awaitedFromMs;
}
