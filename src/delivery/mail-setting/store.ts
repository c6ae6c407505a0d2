import type { Insertable, Selectable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { MailSettingTables } from './tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<MailSettingTables>();

export async function findMailSetting(ctx: Ctx): Promise<Selectable<MailSettingTables['mailSetting']> | undefined> {
  return tables(ctx)
    .selectFrom('mailSetting')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .executeTakeFirst();
}

export async function upsertMailSetting(ctx: Ctx, row: Insertable<MailSettingTables['mailSetting']>): Promise<void> {
  const { workspaceId: _, ...values } = row;
  await tables(ctx)
    .insertInto('mailSetting')
    .values(row)
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet(values))
    .execute();
}

export async function deleteMailSetting(ctx: Ctx): Promise<void> {
  await tables(ctx).deleteFrom('mailSetting').where('workspaceId', '=', ctx.workspaceId).execute();
}
