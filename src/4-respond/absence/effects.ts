import type { Interval } from '#kernel/interval.ts';
import { personShifts } from '../schedule/person-shifts.ts';
import type { Absence, Roster } from '../schedule/schedule.ts';
import { finalShifts } from '../schedule/shifts.ts';

export type AbsenceEffect = Interval & {
  /** Who is on call instead; empty = a gap. */
  readonly insteadIds: readonly string[];
};

/** Where one schedule misses somebody through an absence, and who is on call there instead. */
export function effectsOf(roster: Roster, absence: Absence): AbsenceEffect[] {
  const others = roster.absences.filter((one) => one.userId !== absence.userId || one.startMs !== absence.startMs);
  const without: Roster = { ...roster, absences: others };
  const missed = personShifts(without, absence.userId, absence).filter(({ shadow }) => !shadow);
  const actual = finalShifts({ ...roster, absences: [...others, absence] }, absence);
  const effects: { startMs: number; endMs: number; insteadIds: readonly string[] }[] = [];
  // Both are in order and each without overlaps, so one walk through both finds what they have in common.
  let next = 0;
  for (const shift of missed) {
    while ((actual[next]?.endMs ?? Infinity) <= shift.startMs) next++;
    for (const { userIds, startMs, endMs } of actual.slice(next, firstAfter(actual, next, shift.endMs))) {
      const span = { startMs: Math.max(startMs, shift.startMs), endMs: Math.min(endMs, shift.endMs) };
      const last = effects.at(-1);
      if (last && last.endMs === span.startMs && last.insteadIds.join() === userIds.join()) last.endMs = span.endMs;
      else effects.push({ ...span, insteadIds: userIds });
    }
  }
  return effects;
}

/** The place of the first span from one on that does not begin before an instant. */
function firstAfter(spans: readonly Interval[], from: number, endMs: number): number {
  let at = from;
  while ((spans[at]?.startMs ?? Infinity) < endMs) at++;
  return at;
}
