import { listMembers, type User } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { findAbsences } from '../absence/store.ts';
import type { Absence, Roster } from './schedule.ts';
import { findOverrides, findVersions } from './store.ts';

type RosterOptions = {
  /** Everybody, when they have been read already. */
  readonly members?: readonly User[] | undefined;
  readonly removedToo?: boolean;
};

/**
 * Everything that says who is on call in a span, for each schedule that exists; unknown ones are left out, and so are
 * removed ones unless they are asked for.
 */
export async function readRosters(
  ctx: Ctx,
  scheduleIds: readonly string[],
  from: Date,
  to: Date,
  { members, removedToo = false }: RosterOptions = {},
): Promise<ReadonlyMap<string, Roster>> {
  const ids = [...new Set(scheduleIds)];
  const rows = await findVersions(ctx, ids, removedToo);
  const overrides = await findOverrides(ctx, ids, from, to);
  const absences = await readAbsences(ctx, from, to, members ?? (await listMembers(ctx)));
  const rosters = ids.flatMap((id): [string, Roster][] => {
    const versions = rows
      .filter(({ scheduleId }) => scheduleId === id)
      .map(({ version, name, document, effectiveFrom }) => ({
        ...document,
        version,
        name,
        effectiveFromMs: effectiveFrom.getTime(),
      }));
    if (versions.length === 0) return [];
    const own = overrides
      .filter(({ scheduleId }) => scheduleId === id)
      .map(({ startsAt, endsAt, ...row }) => ({ ...row, startMs: startsAt.getTime(), endMs: endsAt.getTime() }));
    return [[id, { versions, overrides: own, absences }]];
  });
  return new Map(rosters);
}

/** What people said, and that a deactivated person is away from then on; what they did before stays theirs. */
async function readAbsences(ctx: Ctx, from: Date, to: Date, members: readonly User[]): Promise<Absence[]> {
  const said = (await findAbsences(ctx, from, to)).map(({ userId, startsAt, endsAt }) => ({
    userId,
    startMs: startsAt.getTime(),
    endMs: endsAt.getTime(),
  }));
  const gone = members.flatMap(({ id, active, deactivatedAt }) =>
    active ? [] : [{ userId: id, startMs: deactivatedAt?.getTime() ?? 0, endMs: Infinity }],
  );
  return [...said, ...gone];
}
