import { type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx, System } from '#platform/ctx.ts';
import type { ChatGroupTables } from './tables.ts';

export type ChatGroup = Selectable<ChatGroupTables['chatGroup']>;

/** A group, as its chat calls it. */
export type NamedGroup = Pick<ChatGroup, 'kind' | 'groupId'>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<ChatGroupTables>();

export async function findGroup(ctx: Ctx, scheduleId: string): Promise<ChatGroup | undefined> {
  return tables(ctx)
    .selectFrom('chatGroup')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('scheduleId', '=', scheduleId)
    .executeTakeFirst();
}

/** Lets a group follow a schedule, from scratch; false when it follows another one. */
export async function insertGroup(ctx: Ctx, scheduleId: string, group: NamedGroup): Promise<boolean> {
  const row = await tables(ctx)
    .insertInto('chatGroup')
    .values({ workspaceId: ctx.workspaceId, scheduleId, ...group, dueAt: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('scheduleId')
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteGroup(ctx: Ctx, scheduleId: string): Promise<boolean> {
  const done = await tables(ctx)
    .deleteFrom('chatGroup')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('scheduleId', '=', scheduleId)
    .executeTakeFirst();
  return done.numDeletedRows > 0n;
}

/** Which schedule a group follows. */
export async function findFollowed(ctx: Ctx, { kind, groupId }: NamedGroup): Promise<string | undefined> {
  const row = await tables(ctx)
    .selectFrom('chatGroup')
    .select('scheduleId')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('kind', '=', kind)
    .where('groupId', '=', groupId)
    .executeTakeFirst();
  return row?.scheduleId;
}

/** Asks for a look at every group of the workspace, or at that of one schedule; false when there is none. */
export async function askForLook(ctx: Ctx, scheduleId?: string): Promise<boolean> {
  let rows = tables(ctx)
    .updateTable('chatGroup')
    .set({ asked: sql<number>`asked + 1`, dueAt: sql<Date>`least(due_at, ${ctx.now}::timestamptz)` })
    .where('workspaceId', '=', ctx.workspaceId);
  if (scheduleId !== undefined) rows = rows.where('scheduleId', '=', scheduleId);
  return (await rows.executeTakeFirst()).numUpdatedRows > 0n;
}

export async function findDueGroups(
  system: System,
  now: Date,
  limit: number,
): Promise<{ workspaceId: string; scheduleId: string }[]> {
  return system.database
    .withTables<ChatGroupTables>()
    .selectFrom('chatGroup')
    .select(['workspaceId', 'scheduleId'])
    .where('dueAt', '<=', now)
    .where((where) => where.or([where('leasedUntil', 'is', null), where('leasedUntil', '<=', now)]))
    .orderBy('dueAt')
    .limit(limit)
    .execute();
}

/** Takes a group to set it, for a while; undefined when somebody else has it, or there is none. */
export async function leaseGroup(ctx: Ctx, scheduleId: string, until: Date): Promise<ChatGroup | undefined> {
  return tables(ctx)
    .updateTable('chatGroup')
    .set({ leasedUntil: until })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('scheduleId', '=', scheduleId)
    .where((where) => where.or([where('leasedUntil', 'is', null), where('leasedUntil', '<=', ctx.now)]))
    .returningAll()
    .executeTakeFirst();
}

/** Keeps whom we are about to put into a group, so that they can be taken out again whatever becomes of the try. */
export async function holdMembers(ctx: Ctx, { scheduleId }: ChatGroup, addresses: readonly string[]): Promise<void> {
  await tables(ctx)
    .updateTable('chatGroup')
    .set({ held: sql<string[]>`array(select distinct unnest(held || ${addresses}::text[]))` })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('scheduleId', '=', scheduleId)
    .execute();
}

/**
 * Writes what came of a look and gives the group back; undefined when it is another one by now, or was taken over. When
 * somebody asked for another look during this one it is due at once.
 */
export async function settleGroup(
  ctx: Ctx,
  { scheduleId, kind, groupId, leasedUntil, asked }: ChatGroup,
  { dueAt, ...change }: Updateable<ChatGroupTables['chatGroup']> & { readonly dueAt: Date },
): Promise<ChatGroup | undefined> {
  return tables(ctx)
    .updateTable('chatGroup')
    .set({
      ...change,
      leasedUntil: null,
      dueAt: sql<Date>`case when asked = ${asked} then ${dueAt}::timestamptz else ${ctx.now}::timestamptz end`,
    })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('scheduleId', '=', scheduleId)
    .where('kind', '=', kind)
    .where('groupId', '=', groupId)
    .where('leasedUntil', '=', leasedUntil)
    .returningAll()
    .executeTakeFirst();
}
