import { type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { LimitTables } from './tables.ts';

export type TurnedAwayRow = Selectable<LimitTables['turnedAway']>;

const db = (database: Database) => database.withTables<LimitTables>();

/** Adds to what was counted for an hour, by whichever process. */
export async function addTurnedAway(database: Database, row: TurnedAwayRow): Promise<void> {
  await db(database)
    .insertInto('turnedAway')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['workspaceId', 'alertSourceId', 'hour']).doUpdateSet({
        firstAt: sql`least(turned_away.first_at, excluded.first_at)`,
        lastAt: sql`greatest(turned_away.last_at, excluded.last_at)`,
        overLimit: sql`turned_away.over_limit + excluded.over_limit`,
        overShare: sql`turned_away.over_share + excluded.over_share`,
      }),
    )
    .execute();
}

/** Newest first. */
export async function selectTurnedAway(
  ctx: Ctx,
  where: { alertSourceId: string; before: Date | null; limit: number },
): Promise<TurnedAwayRow[]> {
  let query = db(ctx.transaction)
    .selectFrom('turnedAway')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('alertSourceId', '=', where.alertSourceId);
  if (where.before !== null) query = query.where('hour', '<', where.before);
  return await query.orderBy('hour', 'desc').limit(where.limit).execute();
}

/** Forgets hours of every workspace that are older than this. */
export async function deleteTurnedAwayBefore(database: Database, before: Date): Promise<void> {
  await db(database).deleteFrom('turnedAway').where('hour', '<', before).execute();
}
