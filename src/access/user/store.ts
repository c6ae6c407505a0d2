import type { AccessRole } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { UserTables } from './tables.ts';
import type { User } from './user.ts';

const PASSWORD_PROVIDER = 'credential';

const tables = (database: Database) => database.withTables<UserTables>();

function selectUsers(ctx: Ctx) {
  return tables(ctx.transaction)
    .selectFrom('member')
    .innerJoin('userAccount', 'userAccount.id', 'member.userId')
    .where('member.workspaceId', '=', ctx.workspaceId)
    .select(['userAccount.id', 'userAccount.name', 'userAccount.email', 'userAccount.timeZone'])
    .select(['member.role', 'member.joinedAt', 'member.deactivatedAt', 'member.awaited'])
    .select((eb) => eb('member.deactivatedAt', 'is', null).$castTo<boolean>().as('active'));
}

export async function findUser(ctx: Ctx, userId: string): Promise<User | undefined> {
  return selectUsers(ctx).where('member.userId', '=', userId).executeTakeFirst();
}

export async function findUsers(ctx: Ctx, page?: { limit: number; after: string | null }): Promise<User[]> {
  let query = selectUsers(ctx).orderBy('member.userId');
  if (page) query = query.limit(page.limit + 1);
  if (page?.after) query = query.where('member.userId', '>', page.after);
  return query.execute();
}

export async function findFirstOwner(ctx: Ctx): Promise<User | undefined> {
  return selectUsers(ctx)
    .where('member.role', '=', 'owner')
    .where('member.deactivatedAt', 'is', null)
    .where('member.awaited', '=', false)
    .orderBy('member.joinedAt')
    .orderBy('member.userId')
    .limit(1)
    .executeTakeFirst();
}

/** Locks the workspace's active owners, so that two changes at once cannot leave it without one. */
export async function lockActiveOwnerIds(ctx: Ctx): Promise<string[]> {
  const rows = await tables(ctx.transaction)
    .selectFrom('member')
    .select('userId')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('role', '=', 'owner')
    .where('deactivatedAt', 'is', null)
    .where('awaited', '=', false)
    .orderBy('userId')
    .forUpdate()
    .execute();
  return rows.map((row) => row.userId);
}

/** The account behind an address, with its password hash, whatever workspace it is in. */
export async function findAccountByEmail(database: Database, email: string) {
  return tables(database)
    .selectFrom('userAccount')
    .leftJoin('userCredential', (join) =>
      join
        .onRef('userCredential.userId', '=', 'userAccount.id')
        .on('userCredential.providerId', '=', PASSWORD_PROVIDER),
    )
    .select(['userAccount.id', 'userAccount.email', 'userAccount.name', 'userCredential.password'])
    .where('userAccount.email', '=', email)
    .executeTakeFirst();
}

/** The workspaces in which a person is an active member, oldest membership first. */
export async function findMemberships(database: Database, userId: string) {
  return tables(database)
    .selectFrom('member')
    .select(['workspaceId', 'role'])
    .where('userId', '=', userId)
    .where('deactivatedAt', 'is', null)
    .where('awaited', '=', false)
    .orderBy('joinedAt')
    .orderBy('workspaceId')
    .execute();
}

export type NewAccount = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly timeZone: string;
  /** Null for somebody who is awaited: they choose one when they accept an invite. */
  readonly passwordHash: string | null;
};

/** False when the address already has an account. */
export async function insertAccount(ctx: Ctx, account: NewAccount): Promise<boolean> {
  const { passwordHash, ...person } = account;
  const times = { createdAt: ctx.now, updatedAt: ctx.now };
  const inserted = await tables(ctx.transaction)
    .insertInto('userAccount')
    .values({ ...person, ...times, image: null })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted) return false;
  if (passwordHash !== null) await insertPassword(ctx, account.id, passwordHash);
  return true;
}

async function insertPassword(ctx: Ctx, userId: string, password: string): Promise<boolean> {
  const inserted = await tables(ctx.transaction)
    .insertInto('userCredential')
    .values({
      id: ctx.newId('crd'),
      userId,
      accountId: userId,
      providerId: PASSWORD_PROVIDER,
      password,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    })
    .onConflict((conflict) => conflict.columns(['userId', 'providerId', 'accountId']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Gives an account without a password its first one, and its person's own name; false when it has one by now. */
export async function claimAccount(
  ctx: Ctx,
  userId: string,
  values: { readonly name: string; readonly timeZone: string; readonly passwordHash: string },
): Promise<boolean> {
  const { passwordHash, ...own } = values;
  if (!(await insertPassword(ctx, userId, passwordHash))) return false;
  await updatePerson(ctx, userId, own);
  return true;
}

/** A member who joins, or one who is awaited; an awaited one who joins is here from now on. False when they are or were a member already. */
export async function insertMember(ctx: Ctx, userId: string, role: AccessRole, awaited = false): Promise<boolean> {
  const { workspaceId, now: joinedAt } = ctx;
  const inserted = await tables(ctx.transaction)
    .insertInto('member')
    .values({ workspaceId, userId, role, joinedAt, deactivatedAt: null, awaited })
    .onConflict((conflict) =>
      awaited
        ? conflict.columns(['workspaceId', 'userId']).doNothing()
        : conflict
            .columns(['workspaceId', 'userId'])
            .doUpdateSet({ role, joinedAt, awaited: false })
            .where('member.awaited', '=', true)
            .where('member.deactivatedAt', 'is', null),
    )
    .returning('userId')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function updateRole(ctx: Ctx, userId: string, role: AccessRole): Promise<void> {
  await tables(ctx.transaction)
    .updateTable('member')
    .set({ role })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', '=', userId)
    .execute();
}

/** Sets or clears the deactivation; false when it was so already. */
export async function setDeactivated(ctx: Ctx, userId: string, deactivatedAt: Date | null): Promise<boolean> {
  const changed = await tables(ctx.transaction)
    .updateTable('member')
    .set({ deactivatedAt })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', '=', userId)
    .where('deactivatedAt', deactivatedAt === null ? 'is not' : 'is', null)
    .returning('userId')
    .executeTakeFirst();
  return changed !== undefined;
}

export async function updatePerson(
  ctx: Ctx,
  userId: string,
  values: { name?: string; timeZone?: string },
): Promise<void> {
  await tables(ctx.transaction)
    .updateTable('userAccount')
    .set({ ...values, updatedAt: ctx.now })
    .where('id', '=', userId)
    .execute();
}

export async function updatePassword(ctx: Ctx, userId: string, passwordHash: string): Promise<void> {
  await tables(ctx.transaction)
    .updateTable('userCredential')
    .set({ password: passwordHash, updatedAt: ctx.now })
    .where('userId', '=', userId)
    .where('providerId', '=', PASSWORD_PROVIDER)
    .execute();
}
