import { type Selectable, sql, type Updateable } from 'kysely';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { CommunicateTables } from '../tables.ts';

export type StatusPageRow = Selectable<CommunicateTables['statusPage']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<CommunicateTables>();

/** Pages of the workspace, oldest first. */
export function selectStatusPages(ctx: Ctx): Promise<StatusPageRow[]> {
  return tables(ctx)
    .selectFrom('statusPage')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

export async function findStatusPage(ctx: Ctx, id: string): Promise<StatusPageRow> {
  const row = await tables(ctx)
    .selectFrom('statusPage')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound('status page', id);
  return row;
}

/** Slugs belong to the installation, so this one look-up has no workspace: it finds it. */
export function findPublishedPage(database: Database, slug: string): Promise<StatusPageRow | undefined> {
  return database
    .withTables<CommunicateTables>()
    .selectFrom('statusPage')
    .selectAll()
    .where('slug', '=', slug)
    .where('published', '=', true)
    .executeTakeFirst();
}

/** Every published page of the installation, or of one workspace; for the publisher, which serves them all. */
export function selectPublishedPages(database: Database, workspaceId?: string): Promise<StatusPageRow[]> {
  let query = database
    .withTables<CommunicateTables>()
    .selectFrom('statusPage')
    .selectAll()
    .where('published', '=', true);
  if (workspaceId !== undefined) query = query.where('workspaceId', '=', workspaceId);
  return query.orderBy('id').execute();
}

/** Undefined when another page of the installation has the slug. */
export function insertStatusPage(
  ctx: Ctx,
  row: Pick<StatusPageRow, 'name' | 'slug' | 'timeZone'>,
): Promise<StatusPageRow | undefined> {
  return tables(ctx)
    .insertInto('statusPage')
    .values({
      ...row,
      workspaceId: ctx.workspaceId,
      id: ctx.newId('spg'),
      published: true,
      reportSourceId: null,
      createdAt: ctx.now,
      changedAt: ctx.now,
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function updateStatusPage(
  ctx: Ctx,
  id: string,
  change: Updateable<CommunicateTables['statusPage']>,
): Promise<StatusPageRow> {
  const row = await tables(ctx)
    .updateTable('statusPage')
    .set({ ...change, changedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw notFound('status page', id);
  return row;
}

/** Whether the slug is taken by another page of the installation. */
export async function isSlugTaken(ctx: Ctx, slug: string, exceptId: string): Promise<boolean> {
  const row = await tables(ctx)
    .selectFrom('statusPage')
    .select(sql<number>`1`.as('one'))
    .where('slug', '=', slug)
    .where((eb) => eb.or([eb('workspaceId', '!=', ctx.workspaceId), eb('id', '!=', exceptId)]))
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes that readers will see something new, and wakes the publisher after commit. */
export async function touchPages(ctx: Ctx, ids: readonly string[]): Promise<void> {
  ctx.touch('status-pages');
  if (ids.length === 0) return;
  await tables(ctx)
    .updateTable('statusPage')
    .set({ changedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', 'in', [...ids])
    .execute();
}
