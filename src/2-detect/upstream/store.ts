import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from '../alert/alert.ts';
import { NOT_IN_SHADOW } from '../alert-source/store.ts';
import { forgetHeld } from '../alert/held-alerts.ts';
import { SHOWN } from '../alert/store.ts';
import type { AlertTables } from '../alert/tables.ts';

const db = (ctx: Ctx) => ctx.transaction.withTables<AlertTables>();

/**
 * The earliest alert of some services that explains others, see `isCause`, and that was seen since an instant. It stays as
 * it is until the transaction ends, so that it cannot close between the decision and the commit.
 */
export async function selectCause(ctx: Ctx, serviceIds: readonly string[], since: Date): Promise<Alert | null> {
  const row = await db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('serviceId', 'in', [...serviceIds])
    .where('state', '<>', 'closed')
    .where('severity', 'in', ['critical', 'error'])
    .where('drill', '=', false)
    .where('source', '<>', 'person')
    .where('lastSeenAt', '>', since)
    .where(sql<boolean>`coalesce(urgency, 'high') = 'high'`)
    .where(sql<boolean>`(quiet is null or quiet in ('grouped', 'upstream'))`)
    .where(NOT_IN_SHADOW)
    // What asks comes before what is itself explained by something.
    .orderBy(sql`quiet is not distinct from 'upstream'`)
    .orderBy('firstSeenAt')
    .orderBy('id')
    .limit(1)
    .forShare()
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Locks alerts of services that were opened since an instant and ask by themselves. What somebody else decides about now
 * waits for this transaction in `selectFault`, and finds the cause itself.
 */
export async function lockDownstream(ctx: Ctx, serviceIds: readonly string[], since: Date): Promise<Alert[]> {
  return await db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('serviceId', 'in', [...serviceIds])
    .where('state', '=', 'open')
    .where('quiet', 'is', null)
    .where('groupId', 'is', null)
    .where('incidentId', 'is', null)
    .where('assigneeId', 'is', null)
    .where('drill', '=', false)
    .where('firstSeenAt', '>=', since)
    .orderBy('id')
    .limit(1_000)
    .forUpdate()
    .skipLocked()
    .execute();
}

/** Gives what a cause explained until an instant to recover; says how many there are. */
export async function releaseCausedBy(ctx: Ctx, causeId: string, until: Date): Promise<number> {
  forgetHeld(ctx.transaction);
  const changed = await db(ctx)
    .updateTable('alert')
    .set({ quietUntil: until })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('quietBy', '=', causeId)
    .where('quiet', '=', 'upstream')
    .where('state', '<>', 'closed')
    .executeTakeFirst();
  return Number(changed.numUpdatedRows);
}

/** Locks some alerts that are not closed and quiet for one reason, in the order of their ids. */
export async function lockQuietFor(
  ctx: Ctx,
  of: {
    readonly quiet: 'maintenance' | 'upstream';
    readonly by: string | null;
    /** Null = of all. */
    readonly serviceIds: readonly string[] | null;
    readonly afterId: string;
    readonly limit: number;
  },
): Promise<Alert[]> {
  let query = db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('quiet', '=', of.quiet)
    .where('quietBy', of.by === null ? 'is not' : '=', of.by)
    .where('state', '<>', 'closed')
    .where('id', '>', of.afterId);
  if (of.serviceIds !== null) query = query.where('serviceId', 'in', [...of.serviceIds]);
  return await query.orderBy('id').limit(of.limit).forUpdate().execute();
}

/** How many alerts some alerts explain, and how many of these are not closed; by the alert that explains. */
export async function selectExplained(
  ctx: Ctx,
  causeIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly count: number; readonly open: number }>> {
  if (causeIds.length === 0) return new Map();
  const rows = await db(ctx)
    .selectFrom('alert')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('quietBy', 'in', [...causeIds])
    .where('quiet', '=', 'upstream')
    .groupBy('quietBy')
    .select((eb) => [
      'quietBy',
      eb.fn.countAll<number>().as('count'),
      eb.fn.countAll<number>().filterWhere('state', '<>', 'closed').as('open'),
    ])
    .execute();
  return new Map(rows.map(({ quietBy, count, open }) => [quietBy ?? '', { count, open }]));
}
