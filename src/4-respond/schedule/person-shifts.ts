import type { Interval } from '#kernel/interval.ts';
import type { Roster } from './schedule.ts';
import { type FinalShift, finalShifts } from './shifts.ts';

export type PersonShift = Interval & {
  readonly scheduleName: string;
  readonly timeZone: string;
  /** They look on and are not paged. */
  readonly shadow: boolean;
  /** On call together with them, at any time of it. */
  readonly withUserIds: string[];
};

/**
 * When one person is on call by a schedule, or looks on; what follows at once is one shift, whoever else comes or goes.
 * Whoever asks for several people works the shifts out once and hands them over.
 */
export function personShifts(
  roster: Roster,
  userId: string,
  window: Interval,
  known: readonly FinalShift[] = finalShifts(roster, window),
): PersonShift[] {
  const names = new Map(roster.versions.map((version) => [version.version, version]));
  const shifts: PersonShift[] = [];
  for (const { startMs, endMs, version, userIds, shadowIds } of known) {
    const shadow = !userIds.includes(userId);
    if (shadow && !shadowIds.includes(userId)) continue;
    const others = userIds.filter((id) => id !== userId);
    const last = shifts.at(-1);
    if (last && last.endMs === startMs && last.shadow === shadow) {
      shifts[shifts.length - 1] = { ...last, endMs, withUserIds: [...new Set([...last.withUserIds, ...others])] };
      continue;
    }
    const { name = '', timeZone = 'UTC' } = names.get(version ?? 0) ?? {};
    shifts.push({ startMs, endMs, shadow, withUserIds: others, scheduleName: name, timeZone });
  }
  return shifts;
}
