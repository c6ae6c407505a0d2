import { type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { MonitorTables } from '../tables.ts';
import type { ConfigSection } from './contract.ts';

export type ConfigKey = Omit<Selectable<MonitorTables['configKey']>, 'workspaceId'>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();
const KEY = ['setName', 'section', 'key', 'targetId', 'appliedAt'] as const;

/** One apply at a time in a workspace, until the transaction ends. */
export async function lockConfig(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.workspaceId}\nconfig`}, 85))`.execute(
    ctx.transaction,
  );
}

/** Of every set. */
export function selectConfigKeys(ctx: Ctx): Promise<ConfigKey[]> {
  return tables(ctx).selectFrom('configKey').select(KEY).where('workspaceId', '=', ctx.workspaceId).execute();
}

export function selectConfigKeyOf(ctx: Ctx, targetId: string): Promise<ConfigKey | undefined> {
  return tables(ctx)
    .selectFrom('configKey')
    .select(KEY)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('targetId', '=', targetId)
    .executeTakeFirst();
}

export type KeyedTarget = { readonly section: ConfigSection; readonly key: string; readonly targetId: string };

/** What the keys of a set stand for from now on; keys that are not among them stand for nothing any more. */
export async function replaceConfigKeys(ctx: Ctx, setName: string, keyed: readonly KeyedTarget[]): Promise<void> {
  const { workspaceId, now } = ctx;
  await tables(ctx)
    .deleteFrom('configKey')
    .where('workspaceId', '=', workspaceId)
    .where('setName', '=', setName)
    .execute();
  for (let from = 0; from < keyed.length; from += 1_000)
    await tables(ctx)
      .insertInto('configKey')
      .values(keyed.slice(from, from + 1_000).map((one) => ({ ...one, workspaceId, setName, appliedAt: now })))
      .execute();
}
