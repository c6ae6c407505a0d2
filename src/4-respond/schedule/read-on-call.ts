import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { FARTHEST_DAYS, nextOnCall, onCallAt, participantsOf } from './on-call.ts';
import { readRosters } from './read-roster.ts';
import type { Roster } from './schedule.ts';

/** Who is on call by one schedule at one instant, and who comes after. */
export type OnCall = {
  readonly scheduleId: string;
  readonly name: string;
  readonly timeZone: string;
  /** Each once; without shadows and without people who are deactivated. Empty = nobody. */
  readonly userIds: readonly string[];
  /** The next others, and from when; null when nobody else comes within 420 days. */
  readonly next: { readonly userIds: readonly string[]; readonly at: Date } | null;
  /** All who take part from that instant on, whenever their turn is. */
  readonly everybody: readonly string[];
};

/** Who is on call by some schedules at an instant; removed and unknown schedules are left out. */
export async function readOnCallOf(
  ctx: Ctx,
  scheduleIds: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, OnCall>> {
  return (await openOnCall(ctx, scheduleIds, at))(at);
}

/** Reads the schedules once for several instants, none of them before `from`. */
export async function openOnCall(
  ctx: Ctx,
  scheduleIds: readonly string[],
  from: Date,
): Promise<(at: Date) => ReadonlyMap<string, OnCall>> {
  const until = new Date(from.getTime() + FARTHEST_DAYS * DAY_MS);
  const rosters = scheduleIds.length === 0 ? [] : [...(await readRosters(ctx, scheduleIds, from, until))];
  return (at) => new Map(rosters.map(([id, roster]) => [id, describe(id, roster, at.getTime())]));
}

function describe(scheduleId: string, roster: Roster, atMs: number): OnCall {
  const { userIds } = onCallAt(roster, atMs);
  const next = nextOnCall(roster, atMs, userIds);
  const version = roster.versions.findLast(({ effectiveFromMs }) => effectiveFromMs <= atMs) ?? roster.versions[0];
  const gone = new Set(roster.absences.filter(({ endMs }) => endMs === Infinity).map(({ userId }) => userId));
  return {
    scheduleId,
    name: version?.name ?? '',
    timeZone: version?.timeZone ?? 'UTC',
    userIds,
    next: next && { userIds: next.userIds, at: new Date(next.atMs) },
    everybody: participantsOf(roster, atMs).filter((id) => !gone.has(id)),
  };
}
