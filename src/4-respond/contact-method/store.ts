import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { QuietWindow } from '../quiet-hours/contract.ts';
import type { QuietTables } from '../quiet-hours/tables.ts';
import type { ContactTables } from './tables.ts';

export type ContactMethodRow = Selectable<ContactTables['contactMethod']>;
export type NotificationRuleRow = Selectable<ContactTables['notificationRule']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<ContactTables & QuietTables>();

/** False when the person has this address already. */
export async function insertMethod(ctx: Ctx, row: Insertable<ContactTables['contactMethod']>): Promise<boolean> {
  const inserted = await tables(ctx)
    .insertInto('contactMethod')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Everybody's methods, oldest first. */
export async function findMethods(ctx: Ctx): Promise<ContactMethodRow[]> {
  return tables(ctx)
    .selectFrom('contactMethod')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .orderBy('id')
    .execute();
}

/** A rule with the quiet hours of its person, if it is one that they defer. */
export type RuleInHours = NotificationRuleRow & { readonly quietWindows: readonly QuietWindow[] | null };

/** Everybody's rules; in one look, since pages wait for it. */
export async function findRules(ctx: Ctx): Promise<RuleInHours[]> {
  return tables(ctx)
    .selectFrom('notificationRule')
    .leftJoin('quietHours', (join) =>
      join
        .onRef('quietHours.workspaceId', '=', 'notificationRule.workspaceId')
        .onRef('quietHours.userId', '=', 'notificationRule.userId')
        .on('notificationRule.urgency', '=', 'low'),
    )
    .selectAll('notificationRule')
    .select('quietHours.windows as quietWindows')
    .where('notificationRule.workspaceId', '=', ctx.workspaceId)
    .execute();
}

/** The methods of some people, oldest first. */
export async function findMethodsOf(ctx: Ctx, userIds: readonly string[]): Promise<ContactMethodRow[]> {
  if (userIds.length === 0) return [];
  return tables(ctx)
    .selectFrom('contactMethod')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', 'in', userIds)
    .orderBy('id')
    .execute();
}

export async function findMethod(ctx: Ctx, id: string): Promise<ContactMethodRow | undefined> {
  return tables(ctx)
    .selectFrom('contactMethod')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The method with its row locked, so that two tries of a code count as two. */
export async function lockMethod(ctx: Ctx, id: string): Promise<ContactMethodRow | undefined> {
  return tables(ctx)
    .selectFrom('contactMethod')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateMethod(ctx: Ctx, id: string, values: Updateable<ContactTables['contactMethod']>) {
  return tables(ctx)
    .updateTable('contactMethod')
    .set(values)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** Marks a verified method as lost; undefined when the person has none at this address, or it is lost already. */
export async function loseMethod(
  ctx: Ctx,
  { userId, kind, address }: Pick<ContactMethodRow, 'userId' | 'kind' | 'address'>,
): Promise<ContactMethodRow | undefined> {
  return tables(ctx)
    .updateTable('contactMethod')
    .set({ verifiedAt: null, lostAt: ctx.now, codeDigest: null, codeExpiresAt: null })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', '=', userId)
    .where('kind', '=', kind)
    .where('address', '=', address)
    .where('lostAt', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** Everybody's methods of a kind at an address. */
export async function findMethodsAt(
  ctx: Ctx,
  { kind, address }: Pick<ContactMethodRow, 'kind' | 'address'>,
): Promise<ContactMethodRow[]> {
  return tables(ctx)
    .selectFrom('contactMethod')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('kind', '=', kind)
    .where('address', '=', address)
    .execute();
}

export async function deleteMethod(ctx: Ctx, id: string): Promise<void> {
  await tables(ctx)
    .deleteFrom('contactMethod')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** False when the method has a rule for this urgency with this delay already. */
export async function insertRule(ctx: Ctx, row: Insertable<ContactTables['notificationRule']>): Promise<boolean> {
  const inserted = await tables(ctx)
    .insertInto('notificationRule')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function findRulesOf(ctx: Ctx, userIds: readonly string[]): Promise<NotificationRuleRow[]> {
  if (userIds.length === 0) return [];
  return tables(ctx)
    .selectFrom('notificationRule')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', 'in', userIds)
    .orderBy('urgency')
    .orderBy('delaySeconds')
    .orderBy('id')
    .execute();
}

export async function findRule(ctx: Ctx, id: string): Promise<NotificationRuleRow | undefined> {
  return tables(ctx)
    .selectFrom('notificationRule')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Under `lockPerson`, so that no other rule of the method takes the same delay meanwhile. */
export async function updateRuleDelay(ctx: Ctx, id: string, delaySeconds: number) {
  return tables(ctx)
    .updateTable('notificationRule')
    .set({ delaySeconds })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

export async function deleteRule(ctx: Ctx, id: string): Promise<void> {
  await tables(ctx)
    .deleteFrom('notificationRule')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Serialises what depends on how many methods and rules a person has. */
export async function lockPerson(ctx: Ctx, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contact:${ctx.workspaceId}:${userId}`}, 0))`.execute(
    ctx.transaction,
  );
}
