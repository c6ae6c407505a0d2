import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import { forgetHeld } from './held-alerts.ts';

/** Acts inside the transaction so that a failure undoes this act alone; what it throws is thrown on. */
export async function attempt<Result>(ctx: Ctx, act: () => Promise<Result>): Promise<Result> {
  await sql`savepoint one_of_many`.execute(ctx.transaction);
  try {
    const result = await act();
    await sql`release savepoint one_of_many`.execute(ctx.transaction);
    return result;
  } catch (error) {
    forgetHeld(ctx.transaction);
    await sql`rollback to savepoint one_of_many`.execute(ctx.transaction);
    throw error;
  }
}
