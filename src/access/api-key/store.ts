import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { digest } from '#platform/secrets.ts';
import { lowerRole } from '../user/member-rules.ts';
import type { UserTables } from '../user/tables.ts';
import type { ApiKey } from './api-key.ts';
import type { ApiKeyTables } from './tables.ts';

const SHOWN = ['id', 'name', 'hint', 'role', 'scopes', 'userId', 'createdAt', 'expiresAt', 'lastUsedAt'] as const;

const tables = (database: Database) => database.withTables<ApiKeyTables>();

function selectLiving(ctx: Ctx) {
  return tables(ctx.transaction)
    .selectFrom('apiKey')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('revokedAt', 'is', null);
}

/** Keys that are not revoked, the newest first, with the roles that they have now; of one person when one is named. */
export async function findKeys(
  ctx: Ctx,
  page: { limit: number; before: string | null },
  userId?: string,
): Promise<ApiKey[]> {
  let query = ctx.transaction
    .withTables<ApiKeyTables & UserTables>()
    .selectFrom('apiKey')
    .innerJoin('member', (join) =>
      join.onRef('member.workspaceId', '=', 'apiKey.workspaceId').onRef('member.userId', '=', 'apiKey.userId'),
    )
    .select(SHOWN.map((column) => `apiKey.${column}` as const))
    .select('member.role as memberRole')
    .where('apiKey.workspaceId', '=', ctx.workspaceId)
    .where('apiKey.revokedAt', 'is', null)
    .orderBy('apiKey.id', 'desc')
    .limit(page.limit + 1);
  if (userId !== undefined) query = query.where('apiKey.userId', '=', userId);
  if (page.before) query = query.where('apiKey.id', '<', page.before);
  const rows = await query.execute();
  return rows.map(({ memberRole, ...row }) => ({ ...row, role: lowerRole(row.role, memberRole) }));
}

export async function findKey(ctx: Ctx, id: string): Promise<ApiKey | undefined> {
  return selectLiving(ctx).where('id', '=', id).executeTakeFirst();
}

/** How many keys of a person are neither revoked nor expired. */
export async function countWorking(ctx: Ctx, userId: string): Promise<number> {
  const { count } = await tables(ctx.transaction)
    .selectFrom('apiKey')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', '=', userId)
    .where('revokedAt', 'is', null)
    .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', ctx.now)]))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function findKeysOf(ctx: Ctx, userId: string): Promise<ApiKey[]> {
  return selectLiving(ctx).where('userId', '=', userId).orderBy('id').execute();
}

/** Stores the digest of `key`, never the key. */
export async function insertKey(ctx: Ctx, row: ApiKey, key: string): Promise<void> {
  await tables(ctx.transaction)
    .insertInto('apiKey')
    .values(valuesOf(ctx, row, key, 'person'))
    .execute();
}

/** Makes or revives the key that the environment gives; false when it is there and alive. */
export async function keepEnvironmentKey(ctx: Ctx, row: ApiKey, key: string): Promise<boolean> {
  const kept = await tables(ctx.transaction)
    .insertInto('apiKey')
    .values(valuesOf(ctx, row, key, 'environment'))
    .onConflict((conflict) =>
      conflict
        .column('keyDigest')
        .doUpdateSet({ revokedAt: null, userId: row.userId })
        .where('apiKey.source', '=', 'environment')
        .where('apiKey.workspaceId', '=', ctx.workspaceId)
        .where('apiKey.revokedAt', 'is not', null),
    )
    .returning('id')
    .executeTakeFirst();
  return kept !== undefined;
}

function valuesOf(ctx: Ctx, row: ApiKey, key: string, source: 'person' | 'environment') {
  return {
    ...row,
    scopes: [...row.scopes],
    workspaceId: ctx.workspaceId,
    keyDigest: digest(key),
    source,
    revokedAt: null,
  };
}

/** False when it was revoked already. */
export async function revokeKey(ctx: Ctx, id: string): Promise<boolean> {
  const revoked = await tables(ctx.transaction)
    .updateTable('apiKey')
    .set({ revokedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return revoked !== undefined;
}

export async function revokeKeysOf(ctx: Ctx, userId: string): Promise<string[]> {
  const rows = await tables(ctx.transaction)
    .updateTable('apiKey')
    .set({ revokedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', '=', userId)
    .where('revokedAt', 'is', null)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Revokes keys that an earlier environment gave and this one does not. */
export async function revokeOtherEnvironmentKeys(ctx: Ctx, key: string | undefined): Promise<void> {
  let query = tables(ctx.transaction)
    .updateTable('apiKey')
    .set({ revokedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('source', '=', 'environment')
    .where('revokedAt', 'is', null);
  if (key !== undefined) query = query.where('keyDigest', '!=', digest(key));
  await query.execute();
}

/** The living key and the membership it acts in, by one indexed query. */
export async function findKeyBySecret(database: Database, key: string) {
  return database
    .withTables<ApiKeyTables & UserTables>()
    .selectFrom('apiKey')
    .innerJoin('member', (join) =>
      join.onRef('member.workspaceId', '=', 'apiKey.workspaceId').onRef('member.userId', '=', 'apiKey.userId'),
    )
    .select(['apiKey.id', 'apiKey.name', 'apiKey.workspaceId', 'apiKey.userId', 'apiKey.role', 'apiKey.scopes'])
    .select(['apiKey.expiresAt', 'apiKey.lastUsedAt', 'member.role as memberRole'])
    .where('apiKey.keyDigest', '=', digest(key))
    .where('apiKey.revokedAt', 'is', null)
    .where('member.deactivatedAt', 'is', null)
    .where('member.awaited', '=', false)
    .executeTakeFirst();
}

export async function noteKeyUse(database: Database, workspaceId: string, id: string, at: Date): Promise<void> {
  await tables(database)
    .updateTable('apiKey')
    .set({ lastUsedAt: at })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}
