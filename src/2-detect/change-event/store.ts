import type { Insertable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { AlertSourceTables } from '../alert-source/tables.ts';
import type { ChangeEventTables } from './tables.ts';

export async function insertChangeEvent(
  database: Database,
  row: Insertable<ChangeEventTables['changeEvent']>,
): Promise<void> {
  await database.withTables<ChangeEventTables>().insertInto('changeEvent').values(row).execute();
}

/** Latest received first. */
export async function selectChangeEvents(
  ctx: Ctx,
  where: {
    alertSourceId: string | undefined;
    serviceId: string | undefined;
    since: Date | undefined;
    until: Date | undefined;
    /** Services; changes of no service are wanted too. */
    concerns: readonly string[] | undefined;
    beforeId: string | null;
    limit: number;
  },
) {
  let query = ctx.transaction
    .withTables<ChangeEventTables & AlertSourceTables>()
    .selectFrom('changeEvent as c')
    .innerJoin('alertSource as s', (join) =>
      join.onRef('s.workspaceId', '=', 'c.workspaceId').onRef('s.id', '=', 'c.alertSourceId'),
    )
    .selectAll('c')
    .select('s.name as alertSourceName')
    .where('c.workspaceId', '=', ctx.workspaceId);
  if (where.alertSourceId !== undefined) query = query.where('c.alertSourceId', '=', where.alertSourceId);
  if (where.serviceId !== undefined) query = query.where('c.serviceId', '=', where.serviceId);
  if (where.since !== undefined) query = query.where('c.receivedAt', '>=', where.since);
  if (where.until !== undefined) query = query.where('c.receivedAt', '<=', where.until);
  const { concerns } = where;
  if (concerns !== undefined)
    query = query.where((eb) => eb.or([eb('c.serviceId', 'in', [...concerns]), eb('c.serviceId', 'is', null)]));
  if (where.beforeId !== null) query = query.where('c.id', '<', where.beforeId);
  return await query.orderBy('c.id', 'desc').limit(where.limit).execute();
}

/** Forgets changes of every workspace that are older than this. */
export async function deleteChangeEventsBefore(database: Database, before: Date): Promise<void> {
  await database.withTables<ChangeEventTables>().deleteFrom('changeEvent').where('receivedAt', '<', before).execute();
}
