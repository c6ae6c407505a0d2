import type { AccessRole } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { digest } from '#platform/secrets.ts';
import type { InviteTables } from './tables.ts';

const SHOWN = ['id', 'email', 'role', 'invitedBy', 'createdAt', 'expiresAt'] as const;

export type Invite = {
  readonly id: string;
  readonly email: string | null;
  readonly role: AccessRole;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

const tables = (database: Database) => database.withTables<InviteTables>();

export async function findOpenInvites(ctx: Ctx, page: { limit: number; before: string | null }): Promise<Invite[]> {
  let query = tables(ctx.transaction)
    .selectFrom('invite')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', ctx.now)
    .orderBy('id', 'desc')
    .limit(page.limit + 1);
  if (page.before) query = query.where('id', '<', page.before);
  return query.execute();
}

/** Stores the digest of the token, never the token. */
export async function insertInvite(ctx: Ctx, invite: Invite, token: string): Promise<void> {
  await tables(ctx.transaction)
    .insertInto('invite')
    .values({
      ...invite,
      workspaceId: ctx.workspaceId,
      tokenDigest: digest(token),
      acceptedAt: null,
      acceptedBy: null,
      revokedAt: null,
    })
    .execute();
}

export async function findOpenInvite(database: Database, token: string, now: Date) {
  return tables(database)
    .selectFrom('invite')
    .select(SHOWN)
    .select('workspaceId')
    .where('tokenDigest', '=', digest(token))
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
}

/** Takes the invite; false when it was taken or withdrawn meanwhile. */
export async function takeInvite(ctx: Ctx, id: string, userId: string): Promise<boolean> {
  return end(ctx, id, { acceptedAt: ctx.now, acceptedBy: userId });
}

/** Withdraws the invite; false when it is not open. */
export async function withdrawInvite(ctx: Ctx, id: string): Promise<boolean> {
  return end(ctx, id, { revokedAt: ctx.now });
}

async function end(
  ctx: Ctx,
  id: string,
  values: { acceptedAt: Date; acceptedBy: string } | { revokedAt: Date },
): Promise<boolean> {
  const row = await tables(ctx.transaction)
    .updateTable('invite')
    .set(values)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
