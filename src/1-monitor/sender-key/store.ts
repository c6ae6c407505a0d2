import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { ToldKind } from '../kind/kinds.ts';
import type { MonitorTables } from '../tables.ts';

const TABLES = { heartbeat: 'heartbeat', value: 'pushedValue' } as const;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

export type KeyOwner = { readonly keyDigest: string; readonly workspaceId: string; readonly monitorId: string };

/**
 * Whose keys these are, those of now and those that work on for a while; archived monitors have none any more. A key names
 * its workspace, so none is asked for.
 */
export async function selectKeyOwners(
  database: Database,
  kind: ToldKind,
  digests: readonly string[],
  now: Date,
): Promise<KeyOwner[]> {
  const asked = sql<string>`any(${[...digests]}::text[])`;
  const all = database.withTables<MonitorTables>();
  const present = all
    .selectFrom(TABLES[kind])
    .select(['keyDigest', 'workspaceId', 'monitorId'])
    .where('keyDigest', '=', asked);
  const previous = all
    .selectFrom('previousSenderKey')
    .select(['keyDigest', 'workspaceId', 'monitorId'])
    .where('keyDigest', '=', asked)
    .where('until', '>', now);
  return await all
    .selectFrom(present.unionAll(previous).as('k'))
    .innerJoin('monitor as m', (join) =>
      join.onRef('m.workspaceId', '=', 'k.workspaceId').onRef('m.id', '=', 'k.monitorId'),
    )
    .select(['k.keyDigest', 'k.workspaceId', 'k.monitorId'])
    .where('m.kind', '=', kind)
    .where('m.archivedAt', 'is', null)
    .execute();
}

/** The digest of a monitor's key, which nobody else replaces until the transaction ends. */
export async function lockKeyDigest(ctx: Ctx, kind: ToldKind, monitorId: string): Promise<string> {
  const { keyDigest } = await tables(ctx)
    .selectFrom(TABLES[kind])
    .select('keyDigest')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return keyDigest;
}

export async function updateKey(
  ctx: Ctx,
  kind: ToldKind,
  monitorId: string,
  key: { readonly keyDigest: string; readonly keySealed: string },
): Promise<void> {
  await tables(ctx)
    .updateTable(TABLES[kind])
    .set(key)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .execute();
}

/** Remembers the key before the present one; it takes the place of one that was remembered. */
export async function upsertPreviousKey(ctx: Ctx, monitorId: string, keyDigest: string, until: Date): Promise<void> {
  await tables(ctx)
    .insertInto('previousSenderKey')
    .values({ workspaceId: ctx.workspaceId, monitorId, keyDigest, until })
    .onConflict((it) => it.columns(['workspaceId', 'monitorId']).doUpdateSet({ keyDigest, until }))
    .execute();
}

export async function deletePreviousKey(ctx: Ctx, monitorId: string): Promise<void> {
  await tables(ctx)
    .deleteFrom('previousSenderKey')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .execute();
}

/** Until when the key before the present one works; null when none does. */
export async function selectPreviousKeyUntil(ctx: Ctx, monitorId: string): Promise<Date | null> {
  const row = await tables(ctx)
    .selectFrom('previousSenderKey')
    .select('until')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .where('until', '>', ctx.now)
    .executeTakeFirst();
  return row?.until ?? null;
}
