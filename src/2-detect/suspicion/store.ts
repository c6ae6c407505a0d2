import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from '../alert/alert.ts';
import { SHOWN } from '../alert/store.ts';
import type { AlertTables } from '../alert/tables.ts';
import type { Likeness } from './likeness.ts';

const db = (ctx: Ctx) => ctx.transaction.withTables<AlertTables>();

function alike(ctx: Ctx, likeness: Likeness, alert: Pick<Alert, 'id' | 'drill'>) {
  const others = db(ctx)
    .selectFrom('alert')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '<>', alert.id)
    .where('drill', '=', alert.drill);
  if (likeness.by === 'service') return others.where('serviceId', '=', likeness.serviceId);
  const said = Object.entries(likeness.labels).map(
    ([name, value]) => sql<boolean>`coalesce(labels->>${name}, '') = ${value}`,
  );
  return said.reduce(
    (query, same) => query.where(same),
    others.where('alertSourceId', '=', likeness.sourceId).where('serviceId', 'is', null),
  );
}

/** The latest alert of some incidents that is like another, and that is not over or was heard of since an instant. */
export async function selectAlikeOf(
  ctx: Ctx,
  likeness: Likeness,
  alert: Pick<Alert, 'id' | 'drill'>,
  { incidentIds, since }: { readonly incidentIds: readonly string[]; readonly since: Date },
): Promise<Alert | null> {
  const row = await alike(ctx, likeness, alert)
    .select(SHOWN)
    .where('incidentId', 'in', [...incidentIds])
    .where((eb) => eb.or([eb('state', '<>', 'closed'), eb('lastSeenAt', '>', since)]))
    .orderBy('incidentId', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Locks critical alerts like another that nobody has decided about, the earliest first. What somebody else holds is left
 * out: it finds its place after this transaction.
 */
export async function lockUndecidedAlike(
  ctx: Ctx,
  likeness: Likeness,
  alert: Pick<Alert, 'id' | 'drill'>,
  limit: number,
): Promise<Alert[]> {
  return await undecidedAlike(ctx, likeness, alert, limit).forUpdate().skipLocked().execute();
}

/** The same for a look at them. */
export async function selectUndecidedAlike(
  ctx: Ctx,
  likeness: Likeness,
  alert: Pick<Alert, 'id' | 'drill'>,
  limit: number,
): Promise<Alert[]> {
  return await undecidedAlike(ctx, likeness, alert, limit).execute();
}

function undecidedAlike(ctx: Ctx, likeness: Likeness, alert: Pick<Alert, 'id' | 'drill'>, limit: number) {
  return alike(ctx, likeness, alert)
    .select(SHOWN)
    .where('state', '<>', 'closed')
    .where('severity', '=', 'critical')
    .where('incidentId', 'is', null)
    .where('disposition', 'is', null)
    .where('quiet', 'is', null)
    .where('announce', 'is', null)
    .orderBy('id')
    .limit(limit);
}

/** The earliest alert like another about which somebody was asked before it, and nobody has decided. */
export async function selectAskedAlike(
  ctx: Ctx,
  likeness: Likeness,
  alert: Pick<Alert, 'id' | 'drill' | 'promptedAt'>,
): Promise<Alert | null> {
  const row = await alike(ctx, likeness, alert)
    .select(SHOWN)
    .where('state', '<>', 'closed')
    .where('severity', '=', 'critical')
    .where(sql<boolean>`(prompted_at, id) < (${alert.promptedAt ?? ctx.now}, ${alert.id})`)
    .where('incidentId', 'is', null)
    .where('disposition', 'is', null)
    .where('quiet', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Until the transaction ends, nobody else decides where alerts like these belong. */
export async function lockLikeness(ctx: Ctx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.workspaceId}\n${key}`}, 104))`.execute(
    ctx.transaction,
  );
}
