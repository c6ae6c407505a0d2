import { nextOnCall, participantsOf, whatComes } from './on-call.ts';
import type { Roster } from './schedule.ts';
import { type FinalShift, finalShifts } from './shifts.ts';

/** Who is on call by one schedule at one instant, and who comes after. */
export type OnCall = {
  readonly scheduleId: string;
  readonly name: string;
  readonly timeZone: string;
  /** Each once; without shadows and without people who are deactivated. Empty = nobody. */
  readonly userIds: readonly string[];
  /** The next others, and from when; null when nobody else comes within 420 days. */
  readonly next: { readonly userIds: readonly string[]; readonly at: Date } | null;
  /** When a person's time on call ends, however many shifts that is, and who is on call then; null when not within 420 days. */
  readonly endOf: (userId: string) => { readonly at: Date; readonly thenIds: readonly string[] } | null;
  /** All who take part from that instant on, whenever their turn is. */
  readonly everybody: readonly string[];
};

/** Who is on call by one schedule through a window, worked out once for every instant in it. */
export type OnCallTimes = {
  /** Every instant at which it changes, in order; the first is the window's start. */
  readonly changes: readonly number[];
  readonly at: (atMs: number) => OnCall;
};

/** Cuts a window into shifts once; each question about an instant is then a search among them. */
export function onCallTimes(scheduleId: string, roster: Roster, startMs: number, endMs: number): OnCallTimes {
  const shifts = finalShifts(roster, { startMs, endMs });
  const following = nextOthers(shifts);
  const gone = new Set(roster.absences.filter((one) => one.endMs === Infinity).map(({ userId }) => userId));
  return {
    changes: shifts.map((shift) => shift.startMs),
    at(atMs) {
      const index = indexAt(shifts, atMs);
      const version = roster.versions.findLast(({ effectiveFromMs }) => effectiveFromMs <= atMs) ?? roster.versions[0];
      const userIds = shifts[index]?.userIds ?? [];
      return {
        scheduleId,
        name: version?.name ?? '',
        timeZone: version?.timeZone ?? 'UTC',
        userIds,
        get next() {
          const next = following[index];
          // Near the end of the window the next ones come after it.
          const later = next ? { userIds: next.userIds, atMs: next.startMs } : nextOnCall(roster, atMs, userIds);
          return later && { userIds: later.userIds, at: new Date(later.atMs) };
        },
        endOf(userId) {
          if (!userIds.includes(userId)) return null;
          const inside = shifts.find((shift, i) => i > index && !shift.userIds.includes(userId));
          const end = inside ?? whatComes(roster, atMs).after.get(userId);
          return end === undefined ? null : { at: new Date(end.startMs), thenIds: end.userIds };
        },
        get everybody() {
          return participantsOf(roster, atMs).filter((id) => !gone.has(id));
        },
      };
    },
  };
}

/** For each shift the next one that has others; found from the end on, where the next one's answer is known. */
function nextOthers(shifts: readonly FinalShift[]): readonly (FinalShift | null)[] {
  const keys = shifts.map(({ userIds }) => userIds.toSorted().join(' '));
  const following: (FinalShift | null)[] = keys.map(() => null);
  /** The next shift in which anybody is on call. */
  let next = -1;
  for (let here = keys.length - 1; here >= 0; here--) {
    if (next >= 0) following[here] = (keys[next] === keys[here] ? following[next] : shifts[next]) ?? null;
    if (keys[here] !== '') next = here;
  }
  return following;
}

function indexAt(shifts: readonly FinalShift[], atMs: number): number {
  let low = 0;
  let high = shifts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((shifts[middle]?.startMs ?? Infinity) <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}
