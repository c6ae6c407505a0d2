import type { Selectable } from 'kysely';
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
