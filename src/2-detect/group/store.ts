import { type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import { idFloor } from '#platform/ids.ts';
import type { Alert } from '../alert/alert.ts';
import { NOT_IN_SHADOW } from '../alert-source/store.ts';
import { SHOWN } from '../alert/store.ts';
import type { AlertTables } from '../alert/tables.ts';
import type { GroupTables } from './tables.ts';

export type GroupRow = Selectable<GroupTables['alertGroup']>;

const db = (ctx: Ctx) => ctx.transaction.withTables<GroupTables & AlertTables>();

/** The group of a key that still takes alerts. */
export async function selectOpenGroup(ctx: Ctx, key: string): Promise<GroupRow | null> {
  const row = await db(ctx)
    .selectFrom('alertGroup')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('key', '=', key)
    .where('openUntil', '>', ctx.now)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Until the transaction ends, nobody else makes a group of the key. */
export async function lockGroupKey(ctx: Ctx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.workspaceId}\n${key}`}, 54))`.execute(
    ctx.transaction,
  );
}

export async function insertGroup(ctx: Ctx, row: GroupRow): Promise<void> {
  await db(ctx).insertInto('alertGroup').values(row).execute();
}

export async function updateGroup(
  ctx: Ctx,
  groupId: string,
  change: { readonly leadId?: string; readonly lastAt?: Date; readonly openUntil?: Date },
): Promise<void> {
  await db(ctx)
    .updateTable('alertGroup')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', groupId)
    .execute();
}

/** The group that an alert asks for, locked; null when it asks for none. */
export async function lockGroupLedBy(ctx: Ctx, alertId: string): Promise<GroupRow | null> {
  const row = await db(ctx)
    .selectFrom('alertGroup')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('leadId', '=', alertId)
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export async function selectGroup(ctx: Ctx, groupId: string): Promise<GroupRow | null> {
  const row = await db(ctx)
    .selectFrom('alertGroup')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', groupId)
    .executeTakeFirst();
  return row ?? null;
}

/** Storms that go on. */
export async function selectStorms(ctx: Ctx): Promise<GroupRow[]> {
  return await db(ctx)
    .selectFrom('alertGroup')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('kind', '=', 'storm')
    .where('openUntil', '>', ctx.now)
    .orderBy('id')
    .limit(20)
    .execute();
}

/** Pages somebody, by itself or through the lead of its group; drills never count. */
const asks = sql<boolean>`(not drill and coalesce(urgency <> 'none', severity in ('critical', 'error')) and (quiet is null or quiet = 'grouped'))`;

function asking(ctx: Ctx) {
  return db(ctx)
    .selectFrom('alert')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', '<>', 'closed')
    .where(asks)
    .where(NOT_IN_SHADOW);
}

/** How many alerts that page began to ask since an instant, counted up to a limit. */
export async function countFresh(ctx: Ctx, since: Date, limit: number): Promise<number> {
  const floor = idFloor('alt', since.getTime());
  // Each by its index and up to the limit: a storm counts for every alert of it.
  const opened = asking(ctx).where('id', '>=', floor).select('id').limit(limit);
  const late = asking(ctx).where('asksAt', '>=', since).where('id', '<', floor).select('id').limit(limit);
  const rows = await db(ctx)
    .selectFrom(opened.as('opened'))
    .select('opened.id')
    .unionAll(db(ctx).selectFrom(late.as('late')).select('late.id'))
    .limit(limit)
    .execute();
  return rows.length;
}

/** Locks alerts that began to ask since an instant and do so by themselves: open, in no group and no incident, in nobody's hands. */
export async function lockFreshAsking(ctx: Ctx, since: Date): Promise<Alert[]> {
  return await asking(ctx)
    .where((eb) => eb.or([eb('id', '>=', idFloor('alt', since.getTime())), eb('asksAt', '>=', since)]))
    .select(SHOWN)
    .where('state', '=', 'open')
    .where('quiet', 'is', null)
    .where('groupId', 'is', null)
    .where('incidentId', 'is', null)
    .where('assigneeId', 'is', null)
    .where('announce', 'is', null)
    .orderBy('id')
    .limit(1_000)
    .forUpdate()
    .execute();
}

/** Locks the gravest member that is not closed and waits for its lead, the earliest of these. */
export async function lockNextLead(ctx: Ctx, groupId: string): Promise<Alert | null> {
  const row = await db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('groupId', '=', groupId)
    .where('state', '<>', 'closed')
    .where('quiet', '=', 'grouped')
    .where('incidentId', 'is', null)
    .orderBy(sql`signal_rank(severity) desc`)
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Members that are not closed and belong to no incident. */
export async function selectUnlinkedMembers(ctx: Ctx, groupIds: readonly string[], limit: number): Promise<string[]> {
  if (groupIds.length === 0) return [];
  const rows = await db(ctx)
    .selectFrom('alert')
    .select('id')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('groupId', 'in', [...groupIds])
    .where('state', '<>', 'closed')
    .where('incidentId', 'is', null)
    .where('disposition', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** How many other alerts those that lead a group stand for, and how many of these are not closed; by alert. */
export async function selectLed(
  ctx: Ctx,
  alertIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly count: number; readonly open: number }>> {
  if (alertIds.length === 0) return new Map();
  const rows = await db(ctx)
    .selectFrom('alertGroup')
    .innerJoin('alert', (join) =>
      join.onRef('alert.workspaceId', '=', 'alertGroup.workspaceId').onRef('alert.groupId', '=', 'alertGroup.id'),
    )
    .where('alertGroup.workspaceId', '=', ctx.workspaceId)
    .where('alertGroup.leadId', 'in', [...alertIds])
    .whereRef('alert.id', '<>', 'alertGroup.leadId')
    .groupBy('alertGroup.leadId')
    .select((eb) => [
      'alertGroup.leadId',
      eb.fn.countAll<number>().as('count'),
      eb.fn.countAll<number>().filterWhere('alert.state', '<>', 'closed').as('open'),
    ])
    .execute();
  return new Map(rows.map(({ leadId, count, open }) => [leadId, { count, open }]));
}

/** Members of some groups that are not closed: those that no monitor can prove or refute first, then the newest. */
export async function selectOpenMembers(
  ctx: Ctx,
  groupIds: readonly string[],
  limit: number,
): Promise<Pick<Alert, 'id' | 'monitorId' | 'firstSeenAt'>[]> {
  return await db(ctx)
    .selectFrom('alert')
    .select(['id', 'monitorId', 'firstSeenAt'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('groupId', 'in', [...groupIds])
    .where('state', '<>', 'closed')
    .orderBy((eb) => eb('monitorId', 'is not', null))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** How many alerts a group has, and how many of them are not closed. */
export async function selectGroupSize(ctx: Ctx, groupId: string) {
  return await db(ctx)
    .selectFrom('alert')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('groupId', '=', groupId)
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.countAll<number>().filterWhere('state', '<>', 'closed').as('open'),
    ])
    .executeTakeFirstOrThrow();
}
