import { MINUTE_MS } from '#kernel/duration.ts';
import type { Roster, ScheduleVersion } from './schedule.ts';
import { finalShifts } from './shifts.ts';

/** Something to tell one person about their shift. */
export type HandOff = {
  readonly userId: string;
  /** It begins soon; it begins; it ends. */
  readonly what: 'soon' | 'begins' | 'ends';
  /** When it begins or ends. */
  readonly atMs: number;
  /** Of `ends`: who is on call from then on. Else: who is on call together with them. */
  readonly otherIds: readonly string[];
};

/** A notice that comes later than this is no news any more: whoever is on call has noticed. */
const STALE_MS = 15 * MINUTE_MS;

/** How long before a shift people are told when a version says nothing: an hour. */
const USUAL_MINUTES = 60;

/** Minutes before a shift; 0 = only when it begins; null = no notices at all. */
export function noticeMinutesOf({ handOffMinutes }: Pick<ScheduleVersion, 'handOffMinutes'>): number | null {
  return handOffMinutes === undefined ? USUAL_MINUTES : handOffMinutes;
}

/** What has become due to be told after an instant, up to another: people who come on and go off, and who come on soon. */
export function handOffsBetween(roster: Roster, afterMs: number, nowMs: number, minutes: number): HandOff[] {
  const leadMs = minutes * MINUTE_MS;
  const since = Math.max(afterMs, nowMs - STALE_MS);
  const shifts = finalShifts(roster, { startMs: since, endMs: nowMs + leadMs + 1 });
  const found: HandOff[] = [];
  for (const [index, { startMs: atMs, userIds }] of shifts.entries()) {
    const before = shifts[index - 1];
    if (!before) continue;
    const coming = userIds.filter((id) => !before.userIds.includes(id));
    const others = (userId: string) => userIds.filter((id) => id !== userId);
    const tell = (userId: string, what: HandOff['what'], otherIds: readonly string[]) =>
      found.push({ userId, what, atMs, otherIds });
    if (leadMs > 0 && atMs - leadMs > since && atMs - leadMs <= nowMs)
      for (const userId of coming) tell(userId, 'soon', others(userId));
    if (atMs > since && atMs <= nowMs) {
      for (const userId of coming) tell(userId, 'begins', others(userId));
      for (const userId of before.userIds) if (!userIds.includes(userId)) tell(userId, 'ends', userIds);
    }
  }
  return found;
}
