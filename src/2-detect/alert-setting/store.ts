import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { AlertSettingsView } from './contract.ts';
import type { AlertSettingTables } from './tables.ts';

export type AlertSettings = AlertSettingsView;

export const USUAL_SETTINGS: AlertSettings = {
  autoCloseSeconds: null,
  stormPerMinute: 30,
  addressSeconds: 300,
  pagesPerPerson: 10,
  suspicionWindowSeconds: 3_600,
  suspicionLabels: ['service', 'app', 'job', 'cluster', 'namespace'],
};

const db = (database: Database) => database.withTables<AlertSettingTables>();

/** What the workspace has chosen, else what is usual. */
export async function selectAlertSettings(ctx: Ctx): Promise<AlertSettings> {
  const row = await db(ctx.transaction)
    .selectFrom('alertSetting')
    .select(['autoCloseSeconds', 'stormPerMinute', 'addressSeconds', 'pagesPerPerson', 'suspicionLabels'])
    .select('suspicionSeconds as suspicionWindowSeconds')
    .where('workspaceId', '=', ctx.workspaceId)
    .executeTakeFirst();
  return row ?? USUAL_SETTINGS;
}

export async function upsertAlertSettings(ctx: Ctx, settings: AlertSettings): Promise<void> {
  const { suspicionWindowSeconds: suspicionSeconds, ...same } = settings;
  const change = { ...same, suspicionSeconds, changedAt: ctx.now };
  await db(ctx.transaction)
    .insertInto('alertSetting')
    .values({ workspaceId: ctx.workspaceId, ...change })
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet(change))
    .execute();
}

/** Every workspace in which quiet alerts close by themselves, with the quiet time. */
export async function selectAutoCloses(
  database: Database,
): Promise<{ readonly workspaceId: string; readonly autoCloseSeconds: number }[]> {
  const rows = await db(database)
    .selectFrom('alertSetting')
    .select(['workspaceId', 'autoCloseSeconds'])
    .where('autoCloseSeconds', 'is not', null)
    .execute();
  return rows.flatMap(({ workspaceId, autoCloseSeconds }) =>
    autoCloseSeconds === null ? [] : [{ workspaceId, autoCloseSeconds }],
  );
}
