import { type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { CommunicateTables } from '../tables.ts';
import type { Update } from './update.ts';

export type PublicIncidentRow = Selectable<CommunicateTables['publicIncident']>;
export type PublicPostmortemRow = Selectable<CommunicateTables['publicPostmortem']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<CommunicateTables>();

/** Locks the public record of an incident, so that two updates of it follow one another. */
export function lockPublicIncident(ctx: Ctx, incidentId: string): Promise<PublicIncidentRow | undefined> {
  return tables(ctx)
    .selectFrom('publicIncident')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('incidentId', '=', incidentId)
    .forUpdate()
    .executeTakeFirst();
}

/** Writes the public record as the newest update leaves it. */
export async function savePublicIncident(
  ctx: Ctx,
  row: Omit<PublicIncidentRow, 'workspaceId'>,
  pageIds: readonly string[],
): Promise<void> {
  const { incidentId, createdAt: _first, ...change } = row;
  await tables(ctx)
    .insertInto('publicIncident')
    .values({ ...row, workspaceId: ctx.workspaceId })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'incidentId']).doUpdateSet(change))
    .execute();
  if (pageIds.length === 0) return;
  await tables(ctx)
    .insertInto('publicIncidentPage')
    .values(pageIds.map((statusPageId) => ({ workspaceId: ctx.workspaceId, incidentId, statusPageId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Changes what later acts know better: severity, start of the impact. Returns whether the incident is public at all. */
export async function amendPublicIncident(
  ctx: Ctx,
  incidentId: string,
  change: Partial<Pick<PublicIncidentRow, 'impact' | 'startedAt' | 'nextUpdateBy'>>,
): Promise<boolean> {
  const row = await tables(ctx)
    .updateTable('publicIncident')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('incidentId', '=', incidentId)
    .returning('incidentId')
    .executeTakeFirst();
  return row !== undefined;
}

/** Open ones and the newest `limit` resolved ones of a page, newest first. */
export async function selectPublicIncidents(
  ctx: Ctx,
  statusPageId: string,
  limit: number,
): Promise<PublicIncidentRow[]> {
  const ofPage = () =>
    tables(ctx)
      .selectFrom('publicIncident as i')
      .innerJoin('publicIncidentPage as p', (join) =>
        join.onRef('p.workspaceId', '=', 'i.workspaceId').onRef('p.incidentId', '=', 'i.incidentId'),
      )
      .selectAll('i')
      .where('i.workspaceId', '=', ctx.workspaceId)
      .where('p.statusPageId', '=', statusPageId)
      .orderBy('i.createdAt', 'desc')
      .orderBy('i.incidentId', 'desc');
  const open = await ofPage().where('i.resolvedAt', 'is', null).limit(100).execute();
  const resolved = await ofPage().where('i.resolvedAt', 'is not', null).limit(limit).execute();
  return [...open, ...resolved];
}

/** Ids of the pages on which an incident stands. */
export async function selectPagesOf(ctx: Ctx, incidentId: string): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('publicIncidentPage')
    .select('statusPageId')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('incidentId', '=', incidentId)
    .orderBy('statusPageId')
    .execute();
  return rows.map((row) => row.statusPageId);
}

export async function insertUpdate(ctx: Ctx, update: Update): Promise<void> {
  const { components, statusPageIds, ...rest } = update;
  await tables(ctx)
    .insertInto('incidentUpdate')
    .values({
      ...rest,
      workspaceId: ctx.workspaceId,
      components: JSON.stringify(components),
      statusPageIds: [...statusPageIds],
    })
    .execute();
}

const SHOWN = [
  'id',
  'incidentId',
  'title',
  'status',
  'body',
  'components',
  'statusPageIds',
  'postedAt',
  'postedBy',
  'nextUpdateBy',
  'notify',
  'drill',
] as const;

/** Updates of the incidents, oldest first. */
export function selectUpdates(ctx: Ctx, incidentIds: readonly string[]): Promise<Update[]> {
  if (incidentIds.length === 0) return Promise.resolve([]);
  return tables(ctx)
    .selectFrom('incidentUpdate')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('incidentId', 'in', [...incidentIds])
    .orderBy('postedAt')
    .orderBy('id')
    .execute();
}

/** One page of the updates of an incident, newest first, from before an id. */
export function selectUpdatePage(
  ctx: Ctx,
  incidentId: string,
  beforeId: string | null,
  limit: number,
): Promise<Update[]> {
  let query = tables(ctx)
    .selectFrom('incidentUpdate')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('incidentId', '=', incidentId);
  if (beforeId !== null) query = query.where('id', '<', beforeId);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

export function findUpdate(ctx: Ctx, id: string): Promise<Update | undefined> {
  return tables(ctx)
    .selectFrom('incidentUpdate')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The public copies that belong on a page: of its incidents, and of those that never stood on any. Newest first. */
export function selectPostmortems(ctx: Ctx, statusPageId: string): Promise<PublicPostmortemRow[]> {
  return tables(ctx)
    .selectFrom('publicPostmortem as m')
    .selectAll('m')
    .where('m.workspaceId', '=', ctx.workspaceId)
    .where(
      sql<boolean>`(exists (select from public_incident_page p where p.workspace_id = m.workspace_id and p.incident_id = m.incident_id and p.status_page_id = ${statusPageId})
        or not exists (select from public_incident_page p where p.workspace_id = m.workspace_id and p.incident_id = m.incident_id))`,
    )
    .orderBy('m.publishedAt', 'desc')
    .limit(100)
    .execute();
}

export async function savePostmortem(
  ctx: Ctx,
  copy: Pick<PublicPostmortemRow, 'incidentId' | 'title' | 'body'>,
): Promise<void> {
  await tables(ctx)
    .insertInto('publicPostmortem')
    .values({ ...copy, workspaceId: ctx.workspaceId, publishedAt: ctx.now })
    .onConflict((conflict) =>
      conflict.columns(['workspaceId', 'incidentId']).doUpdateSet({ title: copy.title, body: copy.body }),
    )
    .execute();
}

export async function deletePostmortem(ctx: Ctx, incidentId: string): Promise<boolean> {
  const result = await tables(ctx)
    .deleteFrom('publicPostmortem')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('incidentId', '=', incidentId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
