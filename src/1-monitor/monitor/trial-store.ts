import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { MonitorTables } from '../tables.ts';
import type { Trial } from './contract.ts';

type Named = { readonly workspaceId: string; readonly trial: string };

/** How far a trial is. What nobody ended is forgotten after ten minutes. */
export async function upsertTrial(database: Database, { workspaceId, trial }: Named, progress: Trial): Promise<void> {
  await sql`
    insert into journey_trial (workspace_id, trial, progress) values (${workspaceId}, ${trial}, ${JSON.stringify(progress)}::jsonb)
    on conflict (workspace_id, trial) do update set progress = excluded.progress, updated_at = now()
  `.execute(database);
}

export async function deleteTrial(database: Database, { workspaceId, trial }: Named): Promise<void> {
  await sql`
    delete from journey_trial
    where (workspace_id = ${workspaceId} and trial = ${trial}) or updated_at < now() - interval '10 minutes'
  `.execute(database);
}

export async function selectTrial(ctx: Ctx, trial: string | undefined): Promise<Trial | undefined> {
  if (trial === undefined) return undefined;
  const row = await ctx.transaction
    .withTables<MonitorTables>()
    .selectFrom('journeyTrial')
    .select('progress')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('trial', '=', trial)
    .executeTakeFirst();
  return row?.progress;
}
