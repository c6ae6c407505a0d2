import { sql } from 'kysely';
import { textArray } from '#platform/array-parameter.ts';
import type { Ctx } from '#platform/ctx.ts';

export type Sight = {
  readonly monitorId: string;
  /** A check was due lately, and its result is stored. */
  readonly fresh: boolean;
  /** It is down or degraded, with no check since that says otherwise. */
  readonly failing: boolean;
};

export async function selectSights(ctx: Ctx, monitorIds: readonly string[], slackMs: number): Promise<Sight[]> {
  const { rows } = await sql<Sight>`
    select m.id as monitor_id, s.settled and s.state in ('down', 'degraded') as failing,
      exists (
        select from check_result r where r.monitor_number = any(coalesce(
          (select array_agg(v.number) from vantage v where v.workspace_id = m.workspace_id and v.monitor_id = m.id and v.removed_at is null),
          array[m.number]))
          and r.due_at > ${ctx.now}::timestamptz - (m.interval_ms::bigint + m.timeout_ms + ${slackMs}) * interval '1 millisecond'
      ) as fresh
    from monitor m join monitor_status s on s.workspace_id = m.workspace_id and s.monitor_id = m.id
    where m.workspace_id = ${ctx.workspaceId} and m.id = any(${textArray(monitorIds)}::text[])
      and m.url is not null and m.archived_at is null and s.state <> 'paused'
  `.execute(ctx.transaction);
  return rows;
}
