import { clipIntervals, type Interval } from '#kernel/interval.ts';
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
  for (const { userIds, ...span } of missed.flatMap((shift) =>
    actual.flatMap(({ userIds, ...stretch }) => clipIntervals([stretch], shift).map((part) => ({ ...part, userIds }))),
  )) {
    const last = effects.at(-1);
    if (last && last.endMs === span.startMs && last.insteadIds.join() === userIds.join()) last.endMs = span.endMs;
    else effects.push({ startMs: span.startMs, endMs: span.endMs, insteadIds: userIds });
  }
  return effects;
}
