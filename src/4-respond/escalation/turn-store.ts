import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { EscalationTables } from './tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<EscalationTables>();

/** Makes pages of one policy that begin at once wait for each other, so that no turn is taken twice. */
export async function lockTurns(ctx: Ctx, policyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`turns:${ctx.workspaceId}:${policyId}`}, 0))`.execute(
    ctx.transaction,
  );
}

/** How many pages each step of a policy has asked by turns. */
export async function findTurns(ctx: Ctx, policyId: string): Promise<Map<number, number>> {
  const rows = await tables(ctx)
    .selectFrom('escalationTurn')
    .select(['step', 'turns'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('policyId', '=', policyId)
    .execute();
  return new Map(rows.map(({ step, turns }) => [step, turns]));
}

/** Counts one more page of a step that asks by turns. */
export async function takeTurn(ctx: Ctx, policyId: string, step: number): Promise<void> {
  await tables(ctx)
    .insertInto('escalationTurn')
    .values({ workspaceId: ctx.workspaceId, policyId, step, turns: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['workspaceId', 'policyId', 'step'])
        .doUpdateSet((eb) => ({ turns: eb('escalationTurn.turns', '+', 1) })),
    )
    .execute();
}
