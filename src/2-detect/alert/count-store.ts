import { type ExpressionBuilder, sql } from 'kysely';
import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { AlertTables } from './tables.ts';

const db = (ctx: Ctx) => ctx.transaction.withTables<AlertTables>();

type AlertCounts = {
  readonly open: number;
  readonly acknowledged: number;
  readonly undecided: number;
  readonly quiet: number;
  readonly transient: number;
};

/** A held alert will ask; a suppressed or muted one is somebody's decision already. */
const asksSometime = sql<boolean>`(quiet is null or quiet = 'held')`;

/**
 * Alerts that are not closed, by state; `undecided` are those that nobody has declared or dismissed, `quiet` those that ask
 * nobody; `transient` were held, and over before anybody was asked, in the last day.
 */
export async function selectAlertCounts(ctx: Ctx): Promise<AlertCounts> {
  const counts = await db(ctx)
    .selectFrom('alert')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('state', '=', 'open').filterWhere('quiet', 'is', null).as('open'),
      eb.fn.countAll<number>().filterWhere('state', '=', 'acknowledged').as('acknowledged'),
      eb.fn.countAll<number>().filterWhere(undecided).filterWhere(asksSometime).as('undecided'),
      eb.fn.countAll<number>().filterWhere('quiet', 'is not', null).as('quiet'),
    ])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', '<>', 'closed')
    .executeTakeFirstOrThrow();
  return { ...counts, transient: await selectTransientCount(ctx) };
}

function undecided(eb: ExpressionBuilder<AlertTables, 'alert'>) {
  return eb.and([eb('incidentId', 'is', null), eb('disposition', 'is', null)]);
}

async function selectTransientCount(ctx: Ctx): Promise<number> {
  const row = await db(ctx)
    .selectFrom('alert')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', ctx.workspaceId)
    .where('quiet', '=', 'held')
    .where('state', '=', 'closed')
    .where('closedAt', '>', new Date(ctx.now.getTime() - DAY_MS))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectUndeclaredCount(ctx: Ctx): Promise<number> {
  const row = await db(ctx)
    .selectFrom('alert')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', '<>', 'closed')
    .where('severity', '=', 'critical')
    .where('incidentId', 'is', null)
    .where('disposition', 'is', null)
    .where(asksSometime)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Alerts that are not closed, counted by state, severity and whether something keeps them quiet; drills left out. */
export function countLiveAlerts(ctx: Ctx) {
  return db(ctx)
    .selectFrom('alert')
    .select((eb) => [
      'state',
      'severity',
      sql<boolean>`quiet is not null`.as('quiet'),
      eb.fn.countAll<number>().as('count'),
    ])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', '<>', 'closed')
    .where('drill', '=', false)
    .groupBy(['state', 'severity', sql`quiet is not null`])
    .orderBy('state')
    .orderBy('severity')
    .execute();
}
