import { type Selectable, sql } from 'kysely';
import { actorUserId } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { BoardDocument } from './contract.ts';
import type { BoardTables } from './tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<BoardTables>();

/** The newest version of an incident's board. */
export async function findBoard(
  ctx: Ctx,
  incidentId: string,
): Promise<Selectable<BoardTables['incidentBoard']> | undefined> {
  return tables(ctx)
    .selectFrom('incidentBoard')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('incidentId', '=', incidentId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Writes a version; false when somebody else wrote it first. */
export async function insertBoard(
  ctx: Ctx,
  incidentId: string,
  version: number,
  document: BoardDocument,
): Promise<boolean> {
  const inserted = await tables(ctx)
    .insertInto('incidentBoard')
    .values({
      workspaceId: ctx.workspaceId,
      incidentId,
      version,
      document: JSON.stringify(document),
      changedAt: ctx.now,
      changedBy: actorUserId(ctx.actor),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('version')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** One writer of an incident's board at a time. */
export async function lockBoard(ctx: Ctx, incidentId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`board:${ctx.workspaceId}:${incidentId}`}, 0))`.execute(
    ctx.transaction,
  );
}
