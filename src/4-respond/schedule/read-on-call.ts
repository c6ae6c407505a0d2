import type { User } from '#access';
import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { FARTHEST_DAYS } from './on-call.ts';
import { type OnCall, type OnCallTimes, onCallTimes } from './on-call-times.ts';
import { readRosters } from './read-roster.ts';
import type { Roster } from './schedule.ts';

/** The usual turn is a week: who comes next is mostly within these. */
const LOOKED_AT_MS = 8 * DAY_MS;

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
  members?: readonly User[],
): Promise<(at: Date) => ReadonlyMap<string, OnCall>> {
  const until = new Date(from.getTime() + FARTHEST_DAYS * DAY_MS);
  const rosters = scheduleIds.length === 0 ? [] : await readRosters(ctx, scheduleIds, from, until, { members });
  const asked = [...rosters].map(([id, roster]) => [id, createOutlook(id, roster)] as const);
  return (at) => new Map(asked.map(([id, outlook]) => [id, outlook(at.getTime())]));
}

/** Questions of one reader are mostly about the same days, so each stretch of days is worked out once for all of them. */
function createOutlook(scheduleId: string, roster: Roster): (atMs: number) => OnCall {
  let startMs = Infinity;
  let times: OnCallTimes | null = null;
  return (atMs) => {
    if (times === null || atMs < startMs || atMs >= startMs + LOOKED_AT_MS) {
      startMs = atMs;
      times = onCallTimes(scheduleId, roster, startMs, startMs + LOOKED_AT_MS);
    }
    return times.at(atMs);
  };
}
