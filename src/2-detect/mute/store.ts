import type { Insertable, Selectable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from '../alert/alert.ts';
import { SHOWN } from '../alert/store.ts';
import type { AlertTables } from '../alert/tables.ts';
import type { MuteTables } from './tables.ts';

export type MuteRow = Selectable<MuteTables['alertMute']>;

const db = (ctx: Ctx) => ctx.transaction.withTables<MuteTables & AlertTables>();

export async function insertMute(ctx: Ctx, row: Insertable<MuteTables['alertMute']>): Promise<void> {
  await db(ctx).insertInto('alertMute').values(row).execute();
}

/** Those that have not ended, the one that lasts longest first. */
export async function selectActiveMutes(ctx: Ctx): Promise<MuteRow[]> {
  return await db(ctx)
    .selectFrom('alertMute')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('endsAt', '>', ctx.now)
    .where('endedAt', 'is', null)
    .orderBy('endsAt', 'desc')
    .orderBy('id')
    .execute();
}

type MutePage = { readonly active: boolean | undefined; readonly beforeId: string | null; readonly limit: number };

/** Newest first. */
export async function selectMutes(ctx: Ctx, page: MutePage): Promise<MuteRow[]> {
  let query = db(ctx).selectFrom('alertMute').selectAll().where('workspaceId', '=', ctx.workspaceId);
  if (page.active === true) query = query.where('endsAt', '>', ctx.now).where('endedAt', 'is', null);
  if (page.active === false)
    query = query.where((eb) => eb.or([eb('endsAt', '<=', ctx.now), eb('endedAt', 'is not', null)]));
  if (page.beforeId !== null) query = query.where('id', '<', page.beforeId);
  return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

export async function selectMute(ctx: Ctx, muteId: string): Promise<MuteRow | null> {
  const row = await db(ctx)
    .selectFrom('alertMute')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', muteId)
    .executeTakeFirst();
  return row ?? null;
}

/** Ends a mute that has not ended; returns whether this did. */
export async function markMuteEnded(ctx: Ctx, muteId: string, endedBy: string | null): Promise<boolean> {
  const changed = await db(ctx)
    .updateTable('alertMute')
    .set({ endedAt: ctx.now, endedBy })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', muteId)
    .where('endedAt', 'is', null)
    .where('endsAt', '>', ctx.now)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/** How many alerts that are not closed each mute keeps quiet. */
export async function selectMutedCounts(ctx: Ctx, muteIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (muteIds.length === 0) return new Map();
  const rows = await db(ctx)
    .selectFrom('alert')
    .select((eb) => ['muteId', eb.fn.countAll<number>().as('count')])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('muteId', 'in', [...muteIds])
    .where('state', '<>', 'closed')
    .groupBy('muteId')
    .execute();
  return new Map(rows.flatMap(({ muteId, count }) => (muteId === null ? [] : [[muteId, count] as const])));
}

/** Locks alerts that are not closed, in the order of their ids; of one mute, or those that no mute keeps quiet. */
export async function lockOpenAlerts(
  ctx: Ctx,
  of: { readonly muteId: string | null; readonly afterId: string; readonly limit: number },
): Promise<Alert[]> {
  return await db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', '<>', 'closed')
    .where('muteId', of.muteId === null ? 'is' : '=', of.muteId)
    .where('id', '>', of.afterId)
    .orderBy('id')
    .limit(of.limit)
    .forUpdate()
    .execute();
}
