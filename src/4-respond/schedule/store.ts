import { type Insertable, type Selectable } from 'kysely';
import { actorUserId } from '#kernel/actor.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { type PageQuery, readCursor } from '#platform/page.ts';
import type { ScheduleDocument } from './schedule.ts';
import type { ScheduleTables } from './tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<ScheduleTables>();

export type ScheduleRow = Omit<Selectable<ScheduleTables['scheduleVersion']>, 'workspaceId'>;
export type OverrideRow = Selectable<ScheduleTables['scheduleOverride']>;

/** Versions of schedules that are not removed, or of all; `version.version` is each row's own. */
function selectVersions(ctx: Ctx, removedToo = false) {
  const versions = tables(ctx)
    .selectFrom('schedule')
    .innerJoin('scheduleVersion as version', (join) =>
      join.onRef('version.workspaceId', '=', 'schedule.workspaceId').onRef('version.scheduleId', '=', 'schedule.id'),
    )
    .select([
      'version.scheduleId',
      'version.version',
      'version.name',
      'version.document',
      'version.effectiveFrom',
      'version.changedAt',
      'version.changedBy',
    ])
    .where('schedule.workspaceId', '=', ctx.workspaceId);
  return removedToo ? versions : versions.where('schedule.removedAt', 'is', null);
}

/** Schedules in their latest version, oldest first; one row more than the limit. */
export async function findSchedules(ctx: Ctx, query: PageQuery): Promise<ScheduleRow[]> {
  const after = readCursor(query, /^sch_[a-z0-9]{1,64}$/);
  const latest = selectVersions(ctx).whereRef('version.version', '=', 'schedule.version');
  return (after === null ? latest : latest.where('schedule.id', '>', after))
    .orderBy('schedule.id')
    .limit(query.limit + 1)
    .execute();
}

export async function findSchedule(ctx: Ctx, id: string): Promise<ScheduleRow | undefined> {
  return selectVersions(ctx)
    .whereRef('version.version', '=', 'schedule.version')
    .where('schedule.id', '=', id)
    .executeTakeFirst();
}

/** Every schedule that is in use, oldest first. */
export async function findScheduleIds(ctx: Ctx): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('schedule')
    .select('id')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('removedAt', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Every schedule that was in use at some time after an instant, and when it went out of use. */
export async function findSchedulesSince(ctx: Ctx, from: Date): Promise<{ id: string; removedAt: Date | null }[]> {
  return tables(ctx)
    .selectFrom('schedule')
    .select(['id', 'removedAt'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where((where) => where.or([where('removedAt', 'is', null), where('removedAt', '>', from)]))
    .orderBy('id')
    .execute();
}

/** Schedules of all workspaces whose hand-offs were last told of before an instant, the longest ago first. */
export async function findUntoldSchedules(
  system: System,
  before: Date,
  limit: number,
): Promise<{ workspaceId: string; id: string }[]> {
  return system.database
    .withTables<ScheduleTables>()
    .selectFrom('schedule')
    .select(['workspaceId', 'id'])
    .where('removedAt', 'is', null)
    .where('toldUntil', '<', before)
    .orderBy('toldUntil')
    .limit(limit)
    .execute();
}

/** Up to when people were told, held until the transaction ends; undefined when another node is about to tell them. */
export async function lockUntold(ctx: Ctx, id: string): Promise<Date | undefined> {
  const row = await tables(ctx)
    .selectFrom('schedule')
    .select('toldUntil')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row && row.toldUntil < ctx.now ? row.toldUntil : undefined;
}

export async function markTold(ctx: Ctx, id: string): Promise<void> {
  await tables(ctx)
    .updateTable('schedule')
    .set({ toldUntil: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** The latest version first; one row more than the limit. */
export async function findVersionPage(ctx: Ctx, id: string, query: PageQuery): Promise<ScheduleRow[]> {
  const after = readCursor(query, /^[1-9]\d{0,8}$/);
  const versions = selectVersions(ctx).where('schedule.id', '=', id);
  return (after === null ? versions : versions.where('version.version', '<', Number(after)))
    .orderBy('version.version', 'desc')
    .limit(query.limit + 1)
    .execute();
}

/** Every version of some schedules, oldest first; of removed ones only when they are asked for. */
export async function findVersions(ctx: Ctx, ids: readonly string[], removedToo = false): Promise<ScheduleRow[]> {
  if (ids.length === 0) return [];
  return selectVersions(ctx, removedToo).where('schedule.id', 'in', ids).orderBy('version.version').execute();
}

export type NewSchedule = {
  readonly name: string;
  readonly document: ScheduleDocument;
  readonly effectiveFrom: Date;
};

export async function insertSchedule(ctx: Ctx, id: string, wanted: NewSchedule): Promise<void> {
  await tables(ctx)
    .insertInto('schedule')
    .values({ workspaceId: ctx.workspaceId, id, version: 1, removedAt: null, toldUntil: ctx.now })
    .execute();
  await insertVersion(ctx, id, 1, wanted);
}

/** Writes the version after `version`; false when that is not the latest any more. */
export async function advanceSchedule(ctx: Ctx, id: string, version: number, wanted: NewSchedule): Promise<boolean> {
  const result = await tables(ctx)
    .updateTable('schedule')
    .set({ version: version + 1 })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await insertVersion(ctx, id, version + 1, wanted);
  return true;
}

async function insertVersion(ctx: Ctx, scheduleId: string, version: number, wanted: NewSchedule): Promise<void> {
  await tables(ctx)
    .insertInto('scheduleVersion')
    .values({
      workspaceId: ctx.workspaceId,
      scheduleId,
      version,
      name: wanted.name,
      document: JSON.stringify(wanted.document),
      effectiveFrom: wanted.effectiveFrom,
      changedAt: ctx.now,
      changedBy: actorUserId(ctx.actor),
    })
    .execute();
}

/** Takes a schedule out of use; false when there is none. Its versions stay, for what was decided by them. */
export async function removeSchedule(ctx: Ctx, id: string): Promise<boolean> {
  const result = await tables(ctx)
    .updateTable('schedule')
    .set({ removedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function insertOverride(
  ctx: Ctx,
  row: Insertable<ScheduleTables['scheduleOverride']>,
): Promise<OverrideRow> {
  return tables(ctx).insertInto('scheduleOverride').values(row).returningAll().executeTakeFirstOrThrow();
}

/** An override of a schedule that is still in use, held until the transaction ends. */
export async function lockOverride(ctx: Ctx, id: string): Promise<OverrideRow | undefined> {
  return tables(ctx)
    .selectFrom('scheduleOverride as override')
    .innerJoin('schedule', (join) =>
      join.onRef('schedule.workspaceId', '=', 'override.workspaceId').onRef('schedule.id', '=', 'override.scheduleId'),
    )
    .selectAll('override')
    .where('override.workspaceId', '=', ctx.workspaceId)
    .where('override.id', '=', id)
    .where('schedule.removedAt', 'is', null)
    .forUpdate('override')
    .executeTakeFirst();
}

/** Overrides of some schedules that touch a span, in the order in which they were made. */
export async function findOverrides(ctx: Ctx, ids: readonly string[], from: Date, to: Date): Promise<OverrideRow[]> {
  if (ids.length === 0) return [];
  return selectOverrides(ctx, ids, from, to).execute();
}

export async function countOverrides(ctx: Ctx, scheduleId: string, from: Date): Promise<number> {
  const { count } = await tables(ctx)
    .selectFrom('scheduleOverride')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', ctx.workspaceId)
    .where('scheduleId', '=', scheduleId)
    .where('endsAt', '>', from)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** One page of them; one row more than the limit. */
export async function findOverridePage(
  ctx: Ctx,
  scheduleId: string,
  span: { readonly from: Date; readonly to: Date | null },
  query: PageQuery,
): Promise<OverrideRow[]> {
  const after = readCursor(query, /^ovr_[a-z0-9]{1,64}$/);
  const rows = selectOverrides(ctx, [scheduleId], span.from, span.to);
  return (after === null ? rows : rows.where('id', '>', after)).limit(query.limit + 1).execute();
}

function selectOverrides(ctx: Ctx, ids: readonly string[], from: Date, to: Date | null) {
  const rows = tables(ctx)
    .selectFrom('scheduleOverride')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('scheduleId', 'in', ids)
    .where('endsAt', '>', from)
    .orderBy('id');
  return to === null ? rows : rows.where('startsAt', '<', to);
}

export async function deleteOverrideRow(ctx: Ctx, id: string): Promise<void> {
  await tables(ctx)
    .deleteFrom('scheduleOverride')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function updateOverrideRow(
  ctx: Ctx,
  id: string,
  change: { readonly startsAt: Date; readonly endsAt: Date; readonly reason: string | null },
): Promise<OverrideRow> {
  return tables(ctx)
    .updateTable('scheduleOverride')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function endOverrideRow(ctx: Ctx, id: string, endsAt: Date): Promise<void> {
  await tables(ctx)
    .updateTable('scheduleOverride')
    .set({ endsAt })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .execute();
}
