import type { Insertable, Selectable } from 'kysely';
import type { Ctx, System } from '#platform/ctx.ts';
import type { ChatKind } from './contract.ts';
import type { ChatSettingTables } from './tables.ts';

export type ChatSettingRow = Selectable<ChatSettingTables['chatSetting']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<ChatSettingTables>();

export async function findChatSettings(ctx: Ctx): Promise<ChatSettingRow[]> {
  return tables(ctx).selectFrom('chatSetting').selectAll().where('workspaceId', '=', ctx.workspaceId).execute();
}

export async function findChatSetting(ctx: Ctx, kind: ChatKind): Promise<ChatSettingRow | undefined> {
  return tables(ctx)
    .selectFrom('chatSetting')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('kind', '=', kind)
    .executeTakeFirst();
}

export async function upsertChatSetting(ctx: Ctx, row: Insertable<ChatSettingTables['chatSetting']>): Promise<void> {
  const { workspaceId: _, kind: __, ...values } = row;
  await tables(ctx)
    .insertInto('chatSetting')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspaceId', 'kind']).doUpdateSet(values))
    .execute();
}

/** False when there was none. */
export async function deleteChatSetting(ctx: Ctx, kind: ChatKind): Promise<boolean> {
  const result = await tables(ctx)
    .deleteFrom('chatSetting')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** The settings of a kind in every workspace: a service's request says by its signature alone for whom it is. */
export async function findChatSettingsOfAll(system: System, kind: ChatKind): Promise<ChatSettingRow[]> {
  return system.database
    .withTables<ChatSettingTables>()
    .selectFrom('chatSetting')
    .selectAll()
    .where('kind', '=', kind)
    .execute();
}
