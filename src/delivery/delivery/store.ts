import { type Insertable, sql, type Updateable } from 'kysely';
import type { Ctx, System } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { readCursor } from '#platform/page.ts';
import type { ChannelKind, DeliveryPurpose, DeliveryState } from './contract.ts';
import { type Delivery, LEASE_SECONDS } from './delivery.ts';
import type { DeliveryTables } from './tables.ts';

const tables = (database: Database) => database.withTables<DeliveryTables>();

/** The new row's id, or null when the unique key is taken. */
export async function insertDelivery(ctx: Ctx, row: Insertable<DeliveryTables['delivery']>): Promise<string | null> {
  const inserted = await tables(ctx.transaction)
    .insertInto('delivery')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspaceId', 'uniqueKey']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted?.id ?? null;
}

export async function findIdByKey(ctx: Ctx, uniqueKey: string): Promise<string | undefined> {
  const row = await tables(ctx.transaction)
    .selectFrom('delivery')
    .select('id')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('uniqueKey', '=', uniqueKey)
    .executeTakeFirst();
  return row?.id;
}

export async function findDelivery(ctx: Ctx, id: string): Promise<Delivery | undefined> {
  return tables(ctx.transaction)
    .selectFrom('delivery')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The row, locked: what a receipt and an outcome say about it is written one after the other. */
export async function lockDelivery(ctx: Ctx, id: string): Promise<Delivery | undefined> {
  return tables(ctx.transaction)
    .selectFrom('delivery')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Changes a row that is in one of the given states; false when it is in another one by now. */
export async function updateDelivery(
  ctx: Ctx,
  id: string,
  states: readonly DeliveryState[],
  values: Updateable<DeliveryTables['delivery']>,
): Promise<boolean> {
  const result = await tables(ctx.transaction)
    .updateTable('delivery')
    .set(values)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('state', 'in', states)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Messages of all workspaces whose receipt should have come by now. */
export async function findUnconfirmed(system: System, now: Date, limit: number) {
  return tables(system.database)
    .selectFrom('delivery')
    .select(['workspaceId', 'id'])
    .where('receiptDueAt', '<=', now)
    .orderBy('receiptDueAt')
    .limit(limit)
    .execute();
}

export async function findDeliveries(ctx: Ctx, ids: readonly string[]): Promise<Delivery[]> {
  if (ids.length === 0) return [];
  return tables(ctx.transaction)
    .selectFrom('delivery')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', 'in', ids)
    .execute();
}

/**
 * Takes a row that is due, or whose lease has ended because its sender died, for one try. Undefined when somebody else
 * has it, it is not due, or it is settled.
 */
export async function takeLease(ctx: Ctx, id: string): Promise<Delivery | undefined> {
  return tables(ctx.transaction)
    .updateTable('delivery')
    .set((eb) => ({
      state: 'sending',
      attempts: eb('attempts', '+', 1),
      leaseUntil: sql<Date>`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`,
      nextAttemptAt: null,
      nudgedAt: null,
      slowAt: null,
      // Whoever had it died in the middle of it.
      unclear: sql<boolean>`unclear or state = 'sending'`,
    }))
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'queued'), eb('nextAttemptAt', '<=', ctx.now)]),
        eb.and([eb('state', '=', 'sending'), sql<boolean>`lease_until <= clock_timestamp()`]),
      ]),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Writes down that a try goes without an answer; undefined when it has ended, or when that is written down already. */
export async function markSlow(
  ctx: Ctx,
  { id, attempts }: Pick<Delivery, 'id' | 'attempts'>,
): Promise<Delivery | undefined> {
  return tables(ctx.transaction)
    .updateTable('delivery')
    .set({ slowAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('attempts', '=', attempts)
    .where('slowAt', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** Tries of pages of all workspaces that began so long ago, have no answer, and of which nobody was told. */
export async function findSlow(system: System, slowMs: number, limit: number) {
  const leftSeconds = LEASE_SECONDS - slowMs / 1_000;
  return tables(system.database)
    .selectFrom('delivery')
    .select(['workspaceId', 'id', 'attempts'])
    .where('state', '=', 'sending')
    .where('purpose', '=', 'page')
    .where('slowAt', 'is', null)
    .where(sql<boolean>`lease_until < clock_timestamp() + make_interval(secs => ${leftSeconds})`)
    .limit(limit)
    .execute();
}

/** Writes what a leased message says by now. */
export async function rewordDelivery(
  ctx: Ctx,
  id: string,
  values: Pick<Delivery, 'subject' | 'message'>,
): Promise<void> {
  await tables(ctx.transaction)
    .updateTable('delivery')
    .set(values)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** How long the lease on a row still lasts, by the database's clock; null when it has none. */
export async function leaseRemainingMs(ctx: Ctx, id: string): Promise<number | null> {
  const row = await tables(ctx.transaction)
    .selectFrom('delivery')
    .select(sql<number>`extract(epoch from lease_until - clock_timestamp())::float8 * 1000`.as('remaining'))
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .executeTakeFirst();
  return row ? Math.max(0, row.remaining) : null;
}

/** Settles or requeues the row whose lease this try holds; false when the lease was lost meanwhile. */
export async function endLease(
  ctx: Ctx,
  delivery: Pick<Delivery, 'id' | 'attempts'>,
  values: Updateable<DeliveryTables['delivery']>,
): Promise<boolean> {
  const result = await tables(ctx.transaction)
    .updateTable('delivery')
    .set({ ...values, leaseUntil: null })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', delivery.id)
    .where('state', '=', 'sending')
    .where('attempts', '=', delivery.attempts)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Puts failed or held rows back into the queue, due now. */
export async function requeue(ctx: Ctx, ids: readonly string[]): Promise<Delivery[]> {
  if (ids.length === 0) return [];
  return tables(ctx.transaction)
    .updateTable('delivery')
    .set({ state: 'queued', nextAttemptAt: ctx.now, settledAt: null, nudgedAt: null })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', 'in', ids)
    .where('state', 'in', ['failed', 'held'])
    .returningAll()
    .execute();
}

export async function findHeld(ctx: Ctx, kind: ChannelKind): Promise<Delivery[]> {
  return tables(ctx.transaction)
    .selectFrom('delivery')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', '=', 'held')
    .where('kind', '=', kind)
    .orderBy('id')
    .limit(10_000)
    .execute();
}

/** The messages of a page by some channels that went out, or are going out at this moment. */
export async function findSentOfPage(ctx: Ctx, pageId: string, kinds: readonly ChannelKind[]): Promise<Delivery[]> {
  return tables(ctx.transaction)
    .selectFrom('delivery')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('pageId', '=', pageId)
    .where('kind', 'in', kinds)
    .where('purpose', '=', 'page')
    .where('state', 'in', ['sent', 'sending'])
    .execute();
}

/** Says what a message has to tell of what became of it; the newest word is the one that it ends with. */
export async function setNote(ctx: Ctx, ids: readonly string[], note: string): Promise<void> {
  if (ids.length === 0) return;
  await tables(ctx.transaction)
    .updateTable('delivery')
    .set({ note })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', 'in', ids)
    .execute();
}

/** Keeps what a message says by now; true when that is still what it has to say. */
export async function markShown(ctx: Ctx, id: string, note: string): Promise<boolean> {
  const row = await tables(ctx.transaction)
    .updateTable('delivery')
    .set({ shownNote: note })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .returning('note')
    .executeTakeFirst();
  return row?.note === note;
}

type Filter = {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly state?: DeliveryState | undefined;
  readonly purpose?: DeliveryPurpose | undefined;
  readonly kind?: ChannelKind | undefined;
  readonly pageId?: string | undefined;
  readonly incidentId?: string | undefined;
  readonly userId?: string | undefined;
};

const EQUALITIES = ['state', 'purpose', 'kind', 'pageId', 'incidentId', 'userId'] as const;

/** Newest first; one row more than the limit, so that the caller knows whether there is more. */
export async function selectDeliveries(ctx: Ctx, filter: Filter): Promise<Delivery[]> {
  const after = readCursor(filter, /^dlv_[a-z0-9]{1,64}$/);
  let query = tables(ctx.transaction).selectFrom('delivery').selectAll().where('workspaceId', '=', ctx.workspaceId);
  for (const column of EQUALITIES) {
    const value = filter[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (after !== null) query = query.where('id', '<', after);
  return query
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
}

/**
 * Rows of all workspaces that are due or whose sender died, and that nobody has looked at for a while: their job was
 * lost. Marks them, so that a long queue is not sent again at every sweep.
 */
export async function nudgeOverdue(
  system: System,
  now: Date,
  limits: { graceMs: number; everyMs: number; rows: number },
) {
  return tables(system.database)
    .with('overdue', (db) =>
      db
        .selectFrom('delivery')
        .select(['workspaceId', 'id'])
        .where((eb) =>
          eb.or([
            eb.and([eb('state', '=', 'queued'), eb('nextAttemptAt', '<', new Date(now.getTime() - limits.graceMs))]),
            eb.and([eb('state', '=', 'sending'), sql<boolean>`lease_until < clock_timestamp()`]),
          ]),
        )
        .where((eb) =>
          eb.or([eb('nudgedAt', 'is', null), eb('nudgedAt', '<', new Date(now.getTime() - limits.everyMs))]),
        )
        .limit(limits.rows)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('delivery')
    .from('overdue')
    .set({ nudgedAt: now })
    .whereRef('delivery.workspaceId', '=', 'overdue.workspaceId')
    .whereRef('delivery.id', '=', 'overdue.id')
    .returning(['delivery.workspaceId', 'delivery.id', 'delivery.kind', 'delivery.purpose'])
    .execute();
}

/** Messages that are not out yet, counted by state, with the time of the oldest. */
export function countWaiting(ctx: Ctx) {
  return tables(ctx.transaction)
    .selectFrom('delivery')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count'), eb.fn.min('createdAt').as('oldestAt')])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', 'in', ['queued', 'sending', 'held'])
    .groupBy('state')
    .execute();
}

/** Messages of pages, of every workspace, that were due before an instant and that nobody is sending. */
export async function countStuckPages(database: Database, before: Date): Promise<number> {
  const row = await tables(database)
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<string>().as('stuck'))
    .where('purpose', '=', 'page')
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'queued'), eb('nextAttemptAt', '<', before)]),
        eb.and([eb('state', '=', 'sending'), eb('leaseUntil', '<', before)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(row.stuck);
}
