import { type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { IgnoredReason } from './contract.ts';
import type { MailInTables } from './tables.ts';

type MailRuleRow = Selectable<MailInTables['mailRule']>;
type SourceRef = { readonly workspaceId: string; readonly id: string };

const db = (database: Database) => database.withTables<MailInTables>();

export async function selectMailRule(database: Database, source: SourceRef): Promise<MailRuleRow | null> {
  const row = await db(database)
    .selectFrom('mailRule')
    .selectAll()
    .where('workspaceId', '=', source.workspaceId)
    .where('alertSourceId', '=', source.id)
    .executeTakeFirst();
  return row ?? null;
}

export async function upsertMailRule(ctx: Ctx, row: MailRuleRow): Promise<void> {
  const { resolvedWords, ignoredWords, severity, changedAt } = row;
  await db(ctx.transaction)
    .insertInto('mailRule')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['workspaceId', 'alertSourceId'])
        .doUpdateSet({ resolvedWords, ignoredWords, severity, changedAt }),
    )
    .execute();
}

/** Notes a mail; false when it was taken in before. */
export async function insertReceivedMail(
  database: Database,
  source: SourceRef,
  digest: string,
  receivedAt: Date,
): Promise<boolean> {
  const result = await db(database)
    .insertInto('receivedMail')
    .values({ workspaceId: source.workspaceId, alertSourceId: source.id, digest, receivedAt })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'alertSourceId', 'digest']).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Counts a mail that opens nothing. */
export async function countIgnoredMail(
  database: Database,
  source: SourceRef,
  reason: IgnoredReason,
  lastAt: Date,
): Promise<void> {
  await db(database)
    .insertInto('ignoredMail')
    .values({ workspaceId: source.workspaceId, alertSourceId: source.id, reason, count: 1, lastAt })
    .onConflict((conflict) =>
      conflict
        .columns(['workspaceId', 'alertSourceId', 'reason'])
        .doUpdateSet({ count: sql`ignored_mail.count + 1`, lastAt: sql`excluded.last_at` }),
    )
    .execute();
}

export async function selectIgnoredMail(ctx: Ctx, alertSourceId: string) {
  return await db(ctx.transaction)
    .selectFrom('ignoredMail')
    .select(['reason', 'count', 'lastAt'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('alertSourceId', '=', alertSourceId)
    .orderBy('count', 'desc')
    .orderBy('reason')
    .execute();
}

/** Forgets the mails of every workspace that came before an instant. */
export async function deleteReceivedMail(database: Database, before: Date): Promise<void> {
  await db(database).deleteFrom('receivedMail').where('receivedAt', '<', before).execute();
}
