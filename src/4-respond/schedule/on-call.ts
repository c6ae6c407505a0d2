import { DAY_MS } from '#kernel/duration.ts';
import type { Roster } from './schedule.ts';
import { type FinalShift, finalShifts, versionSpans } from './shifts.ts';

/** Who is on call at an instant: the shift list of that one millisecond, so that the two cannot disagree. */
export function onCallAt(roster: Roster, atMs: number): FinalShift {
  const [shift] = finalShifts(roster, { startMs: atMs, endMs: atMs + 1 });
  if (!shift) throw new Error('Invariant broken: a window has a shift');
  return shift;
}

/** Looked at one after the other, so that the usual answer (next week) is cheap and a rare one is still found. */
export const FARTHEST_DAYS = 420;
const HORIZONS_DAYS = [0, 8, 40, 140, FARTHEST_DAYS] as const;

/** The next people who are on call after those of an instant, and from when; null when nobody else is within 420 days. */
export function nextOnCall(
  roster: Roster,
  atMs: number,
  currentIds: readonly string[],
): { readonly userIds: readonly string[]; readonly atMs: number } | null {
  const possible = participantsOf(roster, atMs);
  if (possible.length === 0 || (possible.length === 1 && currentIds.length === 1)) return null;
  const now = keyOf(currentIds);
  for (const [index, days] of HORIZONS_DAYS.slice(1).entries()) {
    const window = { startMs: atMs + (HORIZONS_DAYS[index] ?? 0) * DAY_MS, endMs: atMs + days * DAY_MS };
    const next = finalShifts(roster, window).find(
      ({ userIds, startMs }) => userIds.length > 0 && startMs > atMs && keyOf(userIds) !== now,
    );
    if (next) return { userIds: next.userIds, atMs: next.startMs };
  }
  return null;
}

/** What follows the people who are on call at an instant; null and absent = not within 420 days. */
export type WhatComes = {
  /** The next stretch with other people, or with a gap, or with another reason for one. */
  readonly following: FinalShift | null;
  /** For each of them the stretch that follows their time on call, however many shifts that is. */
  readonly after: ReadonlyMap<string, FinalShift>;
};

/** What follows the shift that holds at an instant, for all of its people together and for each. */
export function whatComes(roster: Roster, atMs: number, now: FinalShift = onCallAt(roster, atMs)): WhatComes {
  const state = stateOf(now);
  const after = new Map<string, FinalShift>();
  let following: FinalShift | null = null;
  for (const shift of shiftsFrom(roster, atMs)) {
    if (following === null && stateOf(shift) !== state) following = shift;
    for (const userId of now.userIds)
      if (!after.has(userId) && !shift.userIds.includes(userId)) after.set(userId, shift);
    if (following !== null && after.size === now.userIds.length) break;
  }
  return { following, after };
}

function* shiftsFrom(roster: Roster, atMs: number): Generator<FinalShift> {
  for (const [index, days] of HORIZONS_DAYS.slice(1).entries())
    yield* finalShifts(roster, {
      startMs: atMs + (HORIZONS_DAYS[index] ?? 0) * DAY_MS,
      endMs: atMs + days * DAY_MS,
    });
}

/** Everybody who takes part from an instant on: in a turn of the version that holds, or of a later one, or by an override. */
export function participantsOf(roster: Roster, atMs: number): string[] {
  const versions = versionSpans(roster.versions, { startMs: atMs, endMs: Number.MAX_SAFE_INTEGER });
  const planned = versions.flatMap(({ version }) =>
    (version?.layers ?? []).flatMap(({ shadow, turns }) => (shadow ? [] : turns.flatMap(({ userIds }) => userIds))),
  );
  const brought = roster.overrides.flatMap(({ kind, userId, endMs }) =>
    kind === 'remove' || endMs <= atMs ? [] : [userId],
  );
  return [...new Set([...planned, ...brought])];
}

const stateOf = ({ userIds, gap }: FinalShift) => `${keyOf(userIds)} ${gap?.reason}`;
const keyOf = (userIds: readonly string[]) => userIds.toSorted().join(' ');
