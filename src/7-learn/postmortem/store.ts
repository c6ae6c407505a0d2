import { sql, type Selectable, type Updateable } from 'kysely';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { LearnTables } from '../tables.ts';

export type PostmortemRow = Selectable<LearnTables['postmortem']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<LearnTables>();

export async function findPostmortem(ctx: Ctx, id: string): Promise<PostmortemRow> {
  const row = await tables(ctx)
    .selectFrom('postmortem')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound('postmortem', id);
  return row;
}

export function findPostmortemOfIncident(ctx: Ctx, incidentId: string): Promise<PostmortemRow | undefined> {
  return tables(ctx)
    .selectFrom('postmortem')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('incidentId', '=', incidentId)
    .executeTakeFirst();
}

/** Inserts unless the incident has one already; returns whether it did. */
export async function insertPostmortem(
  ctx: Ctx,
  row: Omit<PostmortemRow, 'sections' | 'facts'> & { sections: string },
): Promise<boolean> {
  const made = await tables(ctx)
    .insertInto('postmortem')
    .values({ ...row, facts: null })
    .onConflict((c) => c.columns(['workspaceId', 'incidentId']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return made !== undefined;
}

/** Changes a row that is still in one of the states and, if given, at the version; undefined when it is not. */
export function updatePostmortem(
  ctx: Ctx,
  id: string,
  expected: { states: readonly PostmortemRow['state'][]; version?: number },
  change: Updateable<LearnTables['postmortem']>,
): Promise<PostmortemRow | undefined> {
  let query = tables(ctx)
    .updateTable('postmortem')
    .set({ ...change, updatedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('state', 'in', [...expected.states]);
  if (expected.version !== undefined) query = query.where('version', '=', expected.version);
  return query.returningAll().executeTakeFirst();
}

export async function insertRevision(
  ctx: Ctx,
  row: { postmortemId: string; version: number; sections: string; authorUserId: string | null },
) {
  await tables(ctx)
    .insertInto('postmortemRevision')
    .values({ ...row, workspaceId: ctx.workspaceId, at: ctx.now })
    .execute();
}

export type PostmortemFilter = {
  readonly state?: PostmortemRow['state'] | undefined;
  readonly search?: string | undefined;
  readonly before?: { readonly createdAt: Date; readonly id: string } | undefined;
  readonly limit: number;
};

/** A page of postmortems, newest first. */
export function selectPostmortems(ctx: Ctx, filter: PostmortemFilter): Promise<PostmortemRow[]> {
  let query = tables(ctx).selectFrom('postmortem').selectAll().where('workspaceId', '=', ctx.workspaceId);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.search)
    query = query.where(sql<boolean>`sections::text ilike ${`%${filter.search.replaceAll(/[\\%_]/g, '\\$&')}%`}`);
  if (filter.before)
    query = query.where(sql<boolean>`(created_at, id) < (${filter.before.createdAt}, ${filter.before.id})`);
  return query.orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(filter.limit).execute();
}

/** Postmortems that were due inside a window. */
export function selectPostmortemsDue(ctx: Ctx, from: Date, to: Date): Promise<PostmortemRow[]> {
  return tables(ctx)
    .selectFrom('postmortem')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('dueAt', '>=', from)
    .where('dueAt', '<', to)
    .execute();
}
