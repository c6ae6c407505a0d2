import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { TeamTables } from './tables.ts';

export type Team = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  /** Oldest members first. */
  readonly userIds: readonly string[];
};

const tables = (ctx: Ctx) => ctx.transaction.withTables<TeamTables>();

/** Makes everybody who changes the workspace's teams wait for this transaction, so that no name is given twice. */
export async function lockTeams(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`team:${ctx.workspaceId}`}, 0))`.execute(ctx.transaction);
}

/** Teams that are not removed, by name; with ids, only those. */
export async function findTeams(ctx: Ctx, ids?: readonly string[]): Promise<Team[]> {
  if (ids?.length === 0) return [];
  let query = tables(ctx)
    .selectFrom('team')
    .select(['id', 'name', 'createdAt'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('removedAt', 'is', null);
  if (ids) query = query.where('id', 'in', ids);
  const teams = await query.orderBy('name').orderBy('id').execute();
  if (teams.length === 0) return [];
  const members = await tables(ctx)
    .selectFrom('teamMember')
    .select(['teamId', 'userId'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where(
      'teamId',
      'in',
      teams.map(({ id }) => id),
    )
    .orderBy('addedAt')
    .orderBy('userId')
    .execute();
  const byTeam = Map.groupBy(members, ({ teamId }) => teamId);
  return teams.map((team) => ({ ...team, userIds: (byTeam.get(team.id) ?? []).map(({ userId }) => userId) }));
}

export async function insertTeam(ctx: Ctx, team: { readonly id: string; readonly name: string }): Promise<void> {
  await tables(ctx)
    .insertInto('team')
    .values({ ...team, workspaceId: ctx.workspaceId, createdAt: ctx.now, removedAt: null })
    .execute();
}

export async function renameTeam(ctx: Ctx, id: string, name: string): Promise<void> {
  await tables(ctx)
    .updateTable('team')
    .set({ name })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .execute();
}

/** Makes these the members; who was there before keeps the time of being added. */
export async function replaceMembers(ctx: Ctx, teamId: string, userIds: readonly string[]): Promise<void> {
  let others = tables(ctx)
    .deleteFrom('teamMember')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('teamId', '=', teamId);
  if (userIds.length > 0) others = others.where('userId', 'not in', userIds);
  await others.execute();
  if (userIds.length === 0) return;
  await tables(ctx)
    .insertInto('teamMember')
    .values(userIds.map((userId) => ({ workspaceId: ctx.workspaceId, teamId, userId, addedAt: ctx.now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function markTeamRemoved(ctx: Ctx, id: string): Promise<void> {
  await tables(ctx)
    .updateTable('team')
    .set({ removedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .execute();
}
