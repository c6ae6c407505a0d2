import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { PromiseKind, PromiseState } from './contract.ts';
import { nextLook, type PromiseRow } from './promise.ts';
import type { PromiseTables } from './tables.ts';

const SHOWN = [
  'id',
  'kind',
  'incidentId',
  'subjectId',
  'owedBy',
  'ownerUserId',
  'openedAt',
  'promptAt',
  'warnAt',
  'dueAt',
  'told',
  'state',
  'settledAt',
  'drill',
] as const;

const db = (database: Database) => database.withTables<PromiseTables>();

export async function insertPromise(ctx: Ctx, promise: PromiseRow): Promise<void> {
  await db(ctx.transaction)
    .insertInto('promise')
    .values({ ...promise, workspaceId: ctx.workspaceId, nextLookAt: nextLook(promise) })
    .execute();
}

/** Writes the state of a promise that this transaction has locked. */
export async function updatePromise(ctx: Ctx, promise: PromiseRow): Promise<void> {
  await db(ctx.transaction)
    .updateTable('promise')
    .set({ told: promise.told, state: promise.state, settledAt: promise.settledAt, nextLookAt: nextLook(promise) })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', promise.id)
    .execute();
}

export type OpenQuery = {
  readonly kind?: PromiseKind | undefined;
  readonly incidentId?: string | undefined;
  readonly subjectId?: string | undefined;
};

/** Locks what is still owed: pending, or broken and not settled. */
export async function lockOwed(ctx: Ctx, { kind, incidentId, subjectId }: OpenQuery): Promise<PromiseRow[]> {
  let query = db(ctx.transaction)
    .selectFrom('promise')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('settledAt', 'is', null);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (incidentId !== undefined) query = query.where('incidentId', '=', incidentId);
  if (subjectId !== undefined) query = query.where('subjectId', '=', subjectId);
  return await query.orderBy('id').forUpdate().execute();
}

/** Locks promises of the workspace that somebody has to look at now, skipping those another node looks at. */
export async function lockDue(ctx: Ctx, limit: number): Promise<PromiseRow[]> {
  return await db(ctx.transaction)
    .selectFrom('promise')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('nextLookAt', '<=', ctx.now)
    .orderBy('nextLookAt')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

export async function selectWorkspacesWithDue(database: Database, now: Date): Promise<string[]> {
  const rows = await db(database)
    .selectFrom('promise')
    .select('workspaceId')
    .distinct()
    .where('nextLookAt', '<=', now)
    .execute();
  return rows.map((row) => row.workspaceId);
}

export type PromiseQuery = OpenQuery & {
  readonly incidentIds?: readonly string[] | undefined;
  readonly states?: readonly PromiseState[] | undefined;
  /** After this due time and id. */
  readonly after?: { readonly dueAt: Date; readonly id: string } | undefined;
  readonly limit: number;
};

/** By due time. */
export async function selectPromises(ctx: Ctx, filter: PromiseQuery): Promise<PromiseRow[]> {
  if (filter.incidentIds?.length === 0) return [];
  let query = db(ctx.transaction).selectFrom('promise').select(SHOWN).where('workspaceId', '=', ctx.workspaceId);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.incidentId !== undefined) query = query.where('incidentId', '=', filter.incidentId);
  if (filter.incidentIds !== undefined) query = query.where('incidentId', 'in', [...filter.incidentIds]);
  if (filter.subjectId !== undefined) query = query.where('subjectId', '=', filter.subjectId);
  if (filter.states !== undefined) query = query.where('state', 'in', [...filter.states]);
  const { after } = filter;
  if (after !== undefined) {
    query = query.where((eb) =>
      eb.or([eb('dueAt', '>', after.dueAt), eb.and([eb('dueAt', '=', after.dueAt), eb('id', '>', after.id)])]),
    );
  }
  return await query.orderBy('dueAt').orderBy('id').limit(filter.limit).execute();
}
