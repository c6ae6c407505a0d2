import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { MonitorTables } from '../tables.ts';
import type { Outcome, StepRun } from './contract.ts';

/** So many checks of a monitor from one place are kept with their steps. */
const KEPT_RUNS = 60;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

export type SteppedCheck = {
  readonly monitorId: string;
  readonly locationId: string;
  readonly dueAt: Date;
  readonly outcome: Outcome;
  readonly totalMs: number;
  readonly steps: readonly StepRun[];
};

/** Keeps the steps of these checks, and forgets those that are too many. */
export async function insertSteps(ctx: Ctx, checks: readonly SteppedCheck[]): Promise<void> {
  if (checks.length === 0) return;
  await tables(ctx)
    .insertInto('checkSteps')
    .values(checks.map((check) => ({ ...check, workspaceId: ctx.workspaceId, steps: JSON.stringify(check.steps) })))
    .onConflict((oc) => oc.doNothing())
    .execute();
  const places = new Map(checks.map((check) => [`${check.monitorId} ${check.locationId}`, check]));
  for (const { monitorId, locationId } of places.values()) {
    await sql`
      delete from check_steps
      where workspace_id = ${ctx.workspaceId} and monitor_id = ${monitorId} and location_id = ${locationId} and due_at < (
        select due_at from check_steps
        where workspace_id = ${ctx.workspaceId} and monitor_id = ${monitorId} and location_id = ${locationId}
        order by due_at desc offset ${KEPT_RUNS - 1} limit 1
      )
    `.execute(ctx.transaction);
  }
}

/** Newest first, of all places or of one. */
export function selectSteps(
  ctx: Ctx,
  monitorId: string,
  locationId: string | undefined,
  limit: number,
): Promise<SteppedCheck[]> {
  let query = tables(ctx)
    .selectFrom('checkSteps')
    .select(['monitorId', 'locationId', 'dueAt', 'outcome', 'totalMs', 'steps'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId);
  if (locationId !== undefined) query = query.where('locationId', '=', locationId);
  return query.orderBy('dueAt', 'desc').orderBy('locationId').limit(limit).execute();
}
