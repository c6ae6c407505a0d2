import type { Insertable, Selectable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { PhoneProvider } from './contract.ts';
import type { PhoneSettingTables } from './tables.ts';

export type PhoneSettingRow = Selectable<PhoneSettingTables['phoneSetting']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<PhoneSettingTables>();

/** Every connected provider in the order in which they are tried. */
export async function findPhoneSettings(ctx: Ctx): Promise<PhoneSettingRow[]> {
  return tables(ctx)
    .selectFrom('phoneSetting')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .orderBy('position')
    .orderBy('provider')
    .execute();
}

/** Keeps the position of a provider that is there already. */
export async function upsertPhoneSetting(ctx: Ctx, row: Insertable<PhoneSettingTables['phoneSetting']>): Promise<void> {
  const { workspaceId: _, provider: __, position: ___, ...values } = row;
  await tables(ctx)
    .insertInto('phoneSetting')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspaceId', 'provider']).doUpdateSet(values))
    .execute();
}

export async function movePhoneSetting(ctx: Ctx, provider: PhoneProvider, position: number): Promise<void> {
  await tables(ctx)
    .updateTable('phoneSetting')
    .set({ position })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('provider', '=', provider)
    .execute();
}

/** False when there was none. */
export async function deletePhoneSetting(ctx: Ctx, provider: PhoneProvider): Promise<boolean> {
  const result = await tables(ctx)
    .deleteFrom('phoneSetting')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('provider', '=', provider)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
