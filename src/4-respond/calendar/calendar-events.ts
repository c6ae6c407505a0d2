import { createHash } from 'node:crypto';
import type { Interval } from '#kernel/interval.ts';
import { personShifts } from '../schedule/person-shifts.ts';
import type { Roster } from '../schedule/schedule.ts';
import { type FinalShift, finalShifts } from '../schedule/shifts.ts';

/** One entry of a calendar. */
export type CalendarEvent = Interval & {
  /** The same for the same shift at every reading, so that calendars change an entry and do not add one. */
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
};

type NameOf = (userId: string) => string;

/** One person's shifts by one schedule; those in which they only look on say so. */
export function eventsOfPerson(
  roster: Roster,
  scheduleId: string,
  userId: string,
  window: Interval,
  nameOf: NameOf,
  named = false,
  known?: readonly FinalShift[],
): CalendarEvent[] {
  return personShifts(roster, userId, window, known).map(({ scheduleName, shadow, withUserIds, ...span }) => ({
    startMs: span.startMs,
    endMs: span.endMs,
    uid: uidOf([scheduleId, userId, String(shadow)], span, window),
    summary: `${named ? `${nameOf(userId)}: ` : ''}${scheduleName} ${shadow ? '(shadow)' : 'on call'}`,
    description: withUserIds.length > 0 ? `Together with ${withUserIds.map(nameOf).join(', ')}.` : '',
  }));
}

/** All shifts of a schedule, and its gaps; what follows at once with the same people is one entry. */
export function eventsOfSchedule(
  roster: Roster,
  scheduleId: string,
  window: Interval,
  nameOf: NameOf,
): CalendarEvent[] {
  const name = roster.versions.at(-1)?.name ?? '';
  const joined: { startMs: number; endMs: number; userIds: readonly string[]; shadowIds: readonly string[] }[] = [];
  for (const { startMs, endMs, userIds, shadowIds } of finalShifts(roster, window)) {
    const last = joined.at(-1);
    if (last && last.userIds.join() === userIds.join() && last.shadowIds.join() === shadowIds.join())
      last.endMs = endMs;
    else joined.push({ startMs, endMs, userIds, shadowIds });
  }
  return joined.map(({ userIds, shadowIds, ...span }) => ({
    ...span,
    uid: uidOf([scheduleId], span, window),
    summary: userIds.length > 0 ? `${userIds.map(nameOf).join(', ')}: ${name} on call` : `Nobody: ${name}`,
    description: shadowIds.length > 0 ? `Looking on: ${shadowIds.map(nameOf).join(', ')}.` : '',
  }));
}

/** By its beginning; one that began before the window, by its end, for the cut moves with every reading. */
function uidOf(of: readonly string[], { startMs, endMs }: Interval, window: Interval): string {
  const when = startMs === window.startMs ? `until ${endMs}` : `from ${startMs}`;
  return createHash('sha256')
    .update([...of, when].join('\n'))
    .digest('hex')
    .slice(0, 40);
}
