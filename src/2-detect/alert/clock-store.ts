import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { Alert } from './alert.ts';
import { SHOWN } from './store.ts';
import type { AlertTables } from './tables.ts';

const db = (database: Database) => database.withTables<AlertTables>();

export type AlertTime = 'snoozedUntil' | 'quietUntil' | 'lookDueAt';

/** Workspaces in which a time of some alert is up. */
export async function selectDueWorkspaces(database: Database, time: AlertTime, now: Date): Promise<string[]> {
  const rows = await db(database).selectFrom('alert').select('workspaceId').distinct().where(time, '<=', now).execute();
  return rows.map(({ workspaceId }) => workspaceId);
}

/** Locks alerts one of whose times is up, skipping those that somebody else holds. */
export async function lockDueAlerts(ctx: Ctx, time: AlertTime, limit: number): Promise<Alert[]> {
  return await db(ctx.transaction)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where(time, '<=', ctx.now)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

/** Locks alerts outside any incident whose sender has said nothing for so many seconds; monitors say themselves when they recover. */
export async function lockQuietAlerts(ctx: Ctx, quietSeconds: number, limit: number): Promise<Alert[]> {
  return await db(ctx.transaction)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', '<>', 'closed')
    .where('source', 'in', ['intake', 'person'])
    .where('incidentId', 'is', null)
    .where('lastSeenAt', '<=', addSeconds(ctx.now, -quietSeconds))
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}
