import { type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import { idFloor } from '#platform/ids.ts';
import type { Alert } from '../alert/alert.ts';
import { NOT_IN_SHADOW } from '../alert-source/store.ts';
import { forgetHeld } from '../alert/held-alerts.ts';
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

/** The group by address that still takes alerts and has a member that asks one of these addresses or hosts. */
export async function selectAddressGroup(ctx: Ctx, key: string, names: readonly string[]): Promise<GroupRow | null> {
  const row = await db(ctx)
    .selectFrom('alertGroup')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('key', '=', key)
    .where('openUntil', '>', ctx.now)
    .where(sql<boolean>`names && ${[...names]}::text[]`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Whether an alert of a service is in a group. */
export async function hasService(ctx: Ctx, groupId: string, serviceId: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('alert')
    .select('id')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('groupId', '=', groupId)
    .where('serviceId', '=', serviceId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export const MOST_NAMES = 100;

/** Adds what a new member asks, up to as many as a lookup can bear. */
export async function widenGroup(ctx: Ctx, groupId: string, names: readonly string[]): Promise<void> {
  await db(ctx)
    .updateTable('alertGroup')
    .set({ names: sql`(array(select distinct unnest(names || ${[...names]}::text[])))[1:${sql.lit(MOST_NAMES)}]` })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', groupId)
    .execute();
}

/** The members of a group that an alert leads belong to a storm from now on, and it takes no more; only of one by address. */
export async function absorbGroup(
  ctx: Ctx,
  of: { readonly groupId: string; readonly leadId: string; readonly into: string; readonly reasons: string },
): Promise<void> {
  const closed = await db(ctx)
    .updateTable('alertGroup')
    .set({ openUntil: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', of.groupId)
    .where('leadId', '=', of.leadId)
    .where('kind', '=', 'address')
    .executeTakeFirst();
  if (Number(closed.numUpdatedRows) === 0) return;
  forgetHeld(ctx.transaction);
  await db(ctx)
    .updateTable('alert')
    .set({
      groupId: of.into,
      reasons: sql`jsonb_path_query_array(coalesce(reasons, '[]'), '$[*] ? (@.kind != "group")') || ${of.reasons}::jsonb`,
    })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('groupId', '=', of.groupId)
    .where('id', '<>', of.leadId)
    .execute();
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

/** Storms that go on, and groups by address. */
export async function selectStorms(ctx: Ctx): Promise<GroupRow[]> {
  return await db(ctx)
    .selectFrom('alertGroup')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('kind', 'in', ['storm', 'address'])
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

/** Failed with others behind its address, one of which asks for it. */
const failedWithOthers = sql<boolean>`(quiet is not distinct from 'grouped' and exists (
  select from alert_group as own where own.workspace_id = alert.workspace_id and own.id = alert.group_id and own.kind = 'address'))`;

/** Asks for others behind its address. */
const asksForAddress = sql<boolean>`exists (
  select from alert_group as own where own.workspace_id = alert.workspace_id and own.id = alert.group_id
    and own.kind = 'address' and own.lead_id = alert.id)`;

/** How many alerts that page began to ask since an instant, counted up to a limit; those behind one address are one. */
export async function countFresh(ctx: Ctx, since: Date, limit: number): Promise<number> {
  const floor = idFloor('alt', since.getTime());
  // Each by its index and up to the limit: a storm counts for every alert of it.
  const counted = () => asking(ctx).where((eb) => eb.not(failedWithOthers));
  const opened = counted().where('id', '>=', floor).select('id').limit(limit);
  const late = counted().where('asksAt', '>=', since).where('id', '<', floor).select('id').limit(limit);
  const rows = await db(ctx)
    .selectFrom(opened.as('opened'))
    .select('opened.id')
    .unionAll(db(ctx).selectFrom(late.as('late')).select('late.id'))
    .limit(limit)
    .execute();
  return rows.length;
}

/** What began to ask since an instant and does so by itself, in nobody's hands. */
function askingSince(ctx: Ctx, since: Date) {
  return asking(ctx)
    .where((eb) => eb.or([eb('id', '>=', idFloor('alt', since.getTime())), eb('asksAt', '>=', since)]))
    .select(SHOWN)
    .where('quiet', 'is', null)
    .where('assigneeId', 'is', null)
    .where('announce', 'is', null)
    .orderBy('id')
    .forUpdate();
}

/**
 * Locks alerts that began to ask since an instant and do so by themselves: open, in no incident, in nobody's hands and in
 * no group, but for one of what asks the same address.
 */
export async function lockFreshAsking(ctx: Ctx, since: Date): Promise<Alert[]> {
  return await askingSince(ctx, since)
    .where('state', '=', 'open')
    .where((eb) => eb.or([eb('groupId', 'is', null), asksForAddress]))
    .where('incidentId', 'is', null)
    .limit(1_000)
    .execute();
}

const MOST_LONELY = 100;

/** Locks alerts of monitors that began to ask since an instant and are in no group; somebody may have answered them. */
export async function lockLonely(ctx: Ctx, since: Date, but: string): Promise<Alert[]> {
  return await askingSince(ctx, since)
    .where('monitorId', 'is not', null)
    .where('groupId', 'is', null)
    .where('id', '<>', but)
    .limit(MOST_LONELY)
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
