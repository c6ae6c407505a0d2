import { type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { TicketTables } from './tables.ts';

type TicketRuleRow = Selectable<TicketTables['ticketRule']>;

const db = (database: Database) => database.withTables<TicketTables>();

export async function selectTicketRule(
  database: Database,
  source: { readonly workspaceId: string; readonly id: string },
): Promise<TicketRuleRow | null> {
  const row = await db(database)
    .selectFrom('ticketRule')
    .selectAll()
    .where('workspaceId', '=', source.workspaceId)
    .where('alertSourceId', '=', source.id)
    .executeTakeFirst();
  return row ?? null;
}

export async function upsertTicketRule(ctx: Ctx, row: TicketRuleRow): Promise<void> {
  const { sameBy, severity, changedAt } = row;
  await db(ctx.transaction)
    .insertInto('ticketRule')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['workspaceId', 'alertSourceId']).doUpdateSet({ sameBy, severity, changedAt }),
    )
    .execute();
}

type SourceRef = { readonly workspaceId: string; readonly id: string };

/** Until the transaction ends, nobody else decides which ticket a mail to this source belongs to. */
export async function lockThreads(database: Database, source: SourceRef): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${source.workspaceId}\n${source.id}`}, 136))`.execute(
    database,
  );
}

/** The key of the ticket that the first of these names belongs to; null when none is known. */
export async function selectThread(
  database: Database,
  source: SourceRef,
  names: readonly string[],
): Promise<string | null> {
  if (names.length === 0) return null;
  const rows = await db(database)
    .selectFrom('ticketMail')
    .select(['name', 'dedupKey'])
    .where('workspaceId', '=', source.workspaceId)
    .where('alertSourceId', '=', source.id)
    .where('name', 'in', [...names])
    .execute();
  const first = names.find((name) => rows.some((row) => row.name === name));
  return rows.find((row) => row.name === first)?.dedupKey ?? null;
}

type Kept = { readonly dedupKey: string; readonly receivedAt: Date };

/** What is known of these names by this ticket stays known for longer. */
export async function prolongThread(
  database: Database,
  source: SourceRef,
  names: readonly string[],
  { dedupKey, receivedAt }: Kept,
): Promise<void> {
  if (names.length === 0) return;
  await db(database)
    .updateTable('ticketMail')
    .set({ receivedAt })
    .where('workspaceId', '=', source.workspaceId)
    .where('alertSourceId', '=', source.id)
    .where('name', 'in', [...names])
    .where('dedupKey', '=', dedupKey)
    .execute();
}

/** Remembers which ticket these names belong to; what is known stays. */
export async function keepThread(
  database: Database,
  source: SourceRef,
  names: readonly string[],
  { dedupKey, receivedAt }: Kept,
): Promise<void> {
  if (names.length === 0) return;
  const of = { workspaceId: source.workspaceId, alertSourceId: source.id, dedupKey, receivedAt };
  await db(database)
    .insertInto('ticketMail')
    .values(names.map((name) => ({ ...of, name })))
    .onConflict((conflict) => conflict.columns(['workspaceId', 'alertSourceId', 'name']).doNothing())
    .execute();
}

/** Forgets the conversations of every workspace that nobody went on with since. */
export async function deleteTicketMail(database: Database, before: Date): Promise<void> {
  await db(database).deleteFrom('ticketMail').where('receivedAt', '<', before).execute();
}
