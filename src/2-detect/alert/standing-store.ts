import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import { onceATransaction } from '#platform/once-a-transaction.ts';
import { USUAL_SETTINGS } from '../alert-setting/store.ts';

/** What is the same for all alerts that one transaction decides about, and mostly is nothing at all. */
export type Standing = {
  /** Of the rules in use; 0 when they were never changed. */
  readonly routingVersion: number;
  readonly hasMutes: boolean;
  /** Sources whose alerts ask nobody. */
  readonly shadowIds: readonly string[];
  /** Over so many alerts a minute they become one; null = never. */
  readonly stormPerMinute: number | null;
  /** Monitors that ask one address and fail within so long ask as one; null = never. */
  readonly addressSeconds: number | null;
};

type Row = Standing & { readonly hasSettings: boolean };

/** One statement for four rooms, since it stands between every fault and its page. */
export const readStanding = onceATransaction(async (ctx: Ctx): Promise<Standing> => {
  const { workspaceId } = ctx;
  const { rows } = await sql<Row>`
    select
      coalesce((select version from alert_routing where workspace_id = ${workspaceId}), 0) as routing_version,
      exists (select from alert_mute where workspace_id = ${workspaceId} and ends_at > ${ctx.now} and ended_at is null) as has_mutes,
      array(select id from alert_source where workspace_id = ${workspaceId} and shadow) as shadow_ids,
      setting.workspace_id is not null as has_settings, setting.storm_per_minute, setting.address_seconds
    from (select) as one left join alert_setting as setting on setting.workspace_id = ${workspaceId}`.execute(
    ctx.transaction,
  );
  const [row] = rows;
  if (!row) throw new Error('Invariant broken: one row stands for the workspace');
  const { stormPerMinute, addressSeconds } = row.hasSettings ? row : USUAL_SETTINGS;
  return { ...row, stormPerMinute, addressSeconds };
});
