import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { digest } from '#platform/secrets.ts';
import type { UserTables } from '../user/tables.ts';
import type { PasswordResetTables } from './tables.ts';

const tables = (database: Database) => database.withTables<PasswordResetTables>();

export type NewReset = {
  readonly id: string;
  readonly userId: string;
  readonly madeBy: string | null;
  readonly expiresAt: Date;
};

export async function insertReset(ctx: Ctx, reset: NewReset, token: string): Promise<void> {
  await tables(ctx.transaction)
    .insertInto('passwordReset')
    .values({ ...reset, workspaceId: ctx.workspaceId, tokenDigest: digest(token), createdAt: ctx.now, usedAt: null })
    .execute();
}

/** An open reset link with the address of its person. */
export async function findReset(database: Database, token: string, now: Date) {
  return database
    .withTables<PasswordResetTables & UserTables>()
    .selectFrom('passwordReset')
    .innerJoin('userAccount', 'userAccount.id', 'passwordReset.userId')
    .select([
      'passwordReset.id',
      'passwordReset.workspaceId',
      'passwordReset.userId',
      'passwordReset.expiresAt',
      'passwordReset.madeBy',
      'userAccount.email',
    ])
    .where('tokenDigest', '=', digest(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
}

/** Takes the link; false when somebody was faster. */
export async function useReset(ctx: Ctx, id: string): Promise<boolean> {
  const row = await tables(ctx.transaction)
    .updateTable('passwordReset')
    .set({ usedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('usedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Makes every open link of a person useless, in whatever workspace it was made. */
export async function voidResetsOf(ctx: Ctx, userId: string): Promise<void> {
  await tables(ctx.transaction)
    .updateTable('passwordReset')
    .set({ usedAt: ctx.now })
    .where('userId', '=', userId)
    .where('usedAt', 'is', null)
    .execute();
}

/** Whether the person asked for a link by mail after an instant. */
export async function askedSince(ctx: Ctx, userId: string, since: Date): Promise<boolean> {
  const row = await tables(ctx.transaction)
    .selectFrom('passwordReset')
    .select('id')
    .where('userId', '=', userId)
    .where('madeBy', 'is', null)
    .where('createdAt', '>', since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
