import { type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { PhoneProvider } from '../phone-setting/contract.ts';
import type { PhoneTables } from './tables.ts';

export type TryRow = Selectable<PhoneTables['deliveryTry']>;
export type CodeRow = Selectable<PhoneTables['smsCode']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<PhoneTables>();

/** The tries of a message, oldest first. */
export async function findTries(ctx: Ctx, deliveryId: string): Promise<TryRow[]> {
  return tables(ctx)
    .selectFrom('deliveryTry')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('deliveryId', '=', deliveryId)
    .orderBy('number')
    .execute();
}

export async function insertTry(ctx: Ctx, row: Omit<TryRow, 'workspaceId'>): Promise<void> {
  await tables(ctx)
    .insertInto('deliveryTry')
    .values({ ...row, workspaceId: ctx.workspaceId })
    .execute();
}

export async function updateTry(
  ctx: Ctx,
  { deliveryId, number }: Pick<TryRow, 'deliveryId' | 'number'>,
  values: Updateable<PhoneTables['deliveryTry']>,
): Promise<void> {
  await tables(ctx)
    .updateTable('deliveryTry')
    .set({ ...values, changedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('deliveryId', '=', deliveryId)
    .where('number', '=', number)
    .execute();
}

/** The newest failure of a provider, and when it last took or delivered something. */
export async function findLastTries(ctx: Ctx, provider: PhoneProvider) {
  const newest = (states: readonly TryRow['state'][]) =>
    tables(ctx)
      .selectFrom('deliveryTry')
      .selectAll()
      .where('workspaceId', '=', ctx.workspaceId)
      .where('provider', '=', provider)
      .where('state', 'in', states)
      .orderBy('changedAt', 'desc')
      .limit(1)
      .executeTakeFirst();
  const failed = await newest(['failed', 'undelivered', 'unconfirmed']);
  const succeeded = await newest(['sent', 'delivered']);
  return { failed, succeededAt: succeeded?.changedAt ?? null };
}

/** Serialises what depends on which codes a number has. */
export async function lockNumber(ctx: Ctx, address: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`phone:${ctx.workspaceId}:${address}`}, 0))`.execute(
    ctx.transaction,
  );
}

export async function findCodes(ctx: Ctx, address: string): Promise<CodeRow[]> {
  return tables(ctx)
    .selectFrom('smsCode')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('address', '=', address)
    .orderBy('slot')
    .execute();
}

export async function upsertCode(ctx: Ctx, row: Omit<CodeRow, 'workspaceId' | 'givenAt'>): Promise<void> {
  const { pageId, deliveryId } = row;
  await tables(ctx)
    .insertInto('smsCode')
    .values({ ...row, workspaceId: ctx.workspaceId, givenAt: ctx.now })
    .onConflict((conflict) =>
      conflict.columns(['workspaceId', 'address', 'slot']).doUpdateSet({ pageId, deliveryId, givenAt: ctx.now }),
    )
    .execute();
}

/** Which of some numbers said STOP, and when; of every number when none are given. */
export async function findStops(ctx: Ctx, addresses?: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  let query = tables(ctx).selectFrom('phoneStop').selectAll().where('workspaceId', '=', ctx.workspaceId);
  if (addresses) query = query.where('address', 'in', addresses);
  const rows = addresses?.length === 0 ? [] : await query.execute();
  return new Map(rows.map(({ address, stoppedAt }) => [address, stoppedAt]));
}

/** False when it had said STOP already. */
export async function insertStop(ctx: Ctx, address: string): Promise<boolean> {
  const inserted = await tables(ctx)
    .insertInto('phoneStop')
    .values({ workspaceId: ctx.workspaceId, address, stoppedAt: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('address')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** False when it had not said STOP. */
export async function deleteStop(ctx: Ctx, address: string): Promise<boolean> {
  const result = await tables(ctx)
    .deleteFrom('phoneStop')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('address', '=', address)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** False when this very reply was taken before. */
export async function rememberReply(ctx: Ctx, replyKey: string): Promise<boolean> {
  const inserted = await tables(ctx)
    .insertInto('heardReply')
    .values({ workspaceId: ctx.workspaceId, replyKey: replyKey.slice(0, 200), heardAt: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('replyKey')
    .executeTakeFirst();
  return inserted !== undefined;
}
