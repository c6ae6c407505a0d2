import type { Insertable, Selectable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { MailServer } from './contract.ts';
import type { MailSettingTables } from './tables.ts';

type Row = MailSettingTables['mailSetting'];

const TABLES = { first: 'mailSetting', spare: 'mailSpare' } as const satisfies Record<
  MailServer,
  keyof MailSettingTables
>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MailSettingTables>();

export async function findMailSetting(ctx: Ctx, server: MailServer): Promise<Selectable<Row> | undefined> {
  return tables(ctx)
    .selectFrom(TABLES[server])
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .executeTakeFirst();
}

export async function upsertMailSetting(ctx: Ctx, server: MailServer, row: Insertable<Row>): Promise<void> {
  const { workspaceId: _, ...values } = row;
  await tables(ctx)
    .insertInto(TABLES[server])
    .values(row)
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet(values))
    .execute();
}

export async function deleteMailSetting(ctx: Ctx, server: MailServer): Promise<void> {
  await tables(ctx).deleteFrom(TABLES[server]).where('workspaceId', '=', ctx.workspaceId).execute();
}
