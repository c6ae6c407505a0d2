import { type RawBuilder, sql, type Updateable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from './alert.ts';
import type { AlertState, SignalSeverity } from './contract.ts';
import { forgetHeld, heldAlert, holdAlert } from './held-alerts.ts';
import type { AlertTables, Announcement } from './tables.ts';

export const SHOWN = [
  'id',
  'title',
  'dedupKey',
  'severity',
  'state',
  'source',
  'alertSourceId',
  'alertSourceName',
  'monitorId',
  'serviceId',
  'incidentId',
  'disposition',
  'drill',
  'count',
  'beganAt',
  'firstSeenAt',
  'lastSeenAt',
  'acknowledgedBy',
  'acknowledgedAt',
  'closedAt',
  'closedBy',
  'closeReason',
  'snoozedUntil',
  'assigneeId',
  'policyId',
  'urgency',
  'routeId',
  'reasons',
  'quiet',
  'quietUntil',
  'muteId',
  'quietBy',
  'groupId',
  'lookDueAt',
  'labels',
  'url',
  'evidence',
  'promptDueAt',
  'suspectDueAt',
  'promptedAt',
  'joinedWhy',
] as const;

const db = (ctx: Ctx) => ctx.transaction.withTables<AlertTables>();

export async function selectAlert(ctx: Ctx, alertId: string): Promise<Alert | null> {
  const held = heldAlert(ctx, alertId);
  if (held !== null) return held;
  const row = await db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', alertId)
    .executeTakeFirst();
  return row ?? null;
}

/** The latest alert of a source with a key, closed ones too. */
export async function selectAlertByKey(ctx: Ctx, sourceId: string, dedupKey: string): Promise<Alert | null> {
  const row = await db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('scope', '=', sourceId)
    .where('dedupKey', '=', dedupKey)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Locks the row until the transaction ends. */
export async function lockAlert(ctx: Ctx, alertId: string): Promise<Alert | null> {
  const held = heldAlert(ctx, alertId);
  if (held !== null) return held;
  const row = await db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', alertId)
    .forUpdate()
    .executeTakeFirst();
  if (row) holdAlert(ctx, row);
  return row ?? null;
}

/** Locks the alert that holds a key, if there is one. */
export async function lockHolder(
  ctx: Ctx,
  { scope, dedupKey }: { readonly scope: string; readonly dedupKey: string },
): Promise<Alert | null> {
  const row = await db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('scope', '=', scope)
    .where('dedupKey', '=', dedupKey)
    .where('holdsKey', '=', true)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Locks the rows in the order of their ids. */
export async function lockAlerts(ctx: Ctx, alertIds: readonly string[]): Promise<Alert[]> {
  if (alertIds.length === 0) return [];
  return await db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', 'in', [...alertIds])
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function selectAlerts(ctx: Ctx, alertIds: readonly string[]): Promise<Alert[]> {
  if (alertIds.length === 0) return [];
  const [only] = alertIds.length === 1 ? alertIds : [];
  const held = only === undefined ? null : heldAlert(ctx, only);
  if (held !== null) return [held];
  return await db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', 'in', [...alertIds])
    .orderBy('id')
    .execute();
}

export async function selectAlertsOfIncident(ctx: Ctx, incidentId: string): Promise<Alert[]> {
  return await db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('incidentId', '=', incidentId)
    .orderBy('id')
    .execute();
}

const notQuietForGood = sql<boolean>`(quiet is null or quiet = 'held')`;

const isPictured = sql<boolean>`(monitor_id is not null and coalesce(evidence->'artefacts'->>'picture' = 'true', false))`;

export type AlertFilter = {
  readonly state?: AlertState | undefined;
  readonly incidentId?: string | undefined;
  readonly monitorId?: string | undefined;
  readonly undeclared?: boolean | undefined;
  readonly undecided?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly groupId?: string | undefined;
  readonly explainedBy?: string | undefined;
  readonly transient?: boolean | undefined;
  readonly pictured?: boolean | undefined;
  readonly within?: RawBuilder<boolean> | undefined;
  readonly beforeId: string | null;
  readonly limit: number;
};

/** Newest first. */
export async function selectAlertPage(ctx: Ctx, filter: AlertFilter): Promise<Alert[]> {
  let query = db(ctx).selectFrom('alert').select(SHOWN).where('workspaceId', '=', ctx.workspaceId);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.incidentId !== undefined) query = query.where('incidentId', '=', filter.incidentId);
  if (filter.monitorId !== undefined) query = query.where('monitorId', '=', filter.monitorId);
  if (filter.groupId !== undefined) query = query.where('groupId', '=', filter.groupId);
  if (filter.explainedBy !== undefined)
    query = query.where('quietBy', '=', filter.explainedBy).where('quiet', '=', 'upstream');
  if (filter.quiet !== undefined) query = query.where('quiet', filter.quiet ? 'is not' : 'is', null);
  if (filter.within !== undefined) query = query.where(filter.within);
  if (filter.transient === true) query = query.where('quiet', '=', 'held').where('state', '=', 'closed');
  if (filter.pictured !== undefined) query = query.where(isPictured, '=', filter.pictured);
  if (filter.undeclared === true) query = query.where('severity', '=', 'critical').where(notQuietForGood);
  if (filter.undeclared === true || filter.undecided === true) {
    query = query.where('state', '<>', 'closed').where('incidentId', 'is', null).where('disposition', 'is', null);
  }
  if (filter.beforeId !== null) query = query.where('id', '<', filter.beforeId);
  return await query.orderBy('id', 'desc').limit(filter.limit).execute();
}

/** Changes an alert if it is in one of the states; null when it is in another by now. */
export async function updateAlert(
  ctx: Ctx,
  alertId: string,
  states: readonly AlertState[],
  change: Updateable<AlertTables['alert']>,
): Promise<Alert | null> {
  const row = await db(ctx)
    .updateTable('alert')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', alertId)
    .where('state', 'in', [...states])
    .returning(SHOWN)
    .executeTakeFirst();
  if (row) holdAlert(ctx, row);
  return row ?? null;
}

export type Unannounced = {
  readonly alert: Alert;
  readonly announce: Announcement;
  readonly raisedFrom: SignalSeverity | null;
};

/** Takes alerts that later stages have not heard of, skipping those somebody else holds; what is returned counts as told. */
export async function takeUnannounced(ctx: Ctx, afterId: string, limit: number): Promise<Unannounced[]> {
  return await takeThese(ctx, unannounced(ctx).where('id', '>', afterId).limit(limit));
}

/** Takes one alert, which this transaction has written itself. */
export async function takeUnannouncedAlert(ctx: Ctx, alertId: string): Promise<Unannounced | null> {
  return (await takeThese(ctx, unannounced(ctx).where('id', '=', alertId)))[0] ?? null;
}

function unannounced(ctx: Ctx) {
  return db(ctx)
    .selectFrom('alert')
    .select([...SHOWN, 'announce', 'raisedFrom'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('announce', 'is not', null)
    .orderBy('id')
    .forUpdate()
    .skipLocked();
}

/** Locks, reads and marks them in one statement: this stands between every fault and its page. */
async function takeThese(ctx: Ctx, wanted: ReturnType<typeof unannounced>): Promise<Unannounced[]> {
  forgetHeld(ctx.transaction);
  const rows = await db(ctx)
    .with('taken', () => wanted)
    .with('told', (qb) =>
      qb
        .updateTable('alert')
        .set({ announce: null, raisedFrom: null })
        .where('workspaceId', '=', ctx.workspaceId)
        .where('id', 'in', (eb) => eb.selectFrom('taken').select('id')),
    )
    .selectFrom('taken')
    .selectAll()
    .orderBy('id')
    .execute();
  return rows.flatMap(({ announce, raisedFrom, ...alert }) =>
    announce === null ? [] : [{ alert, announce, raisedFrom }],
  );
}

/** Takes critical alerts whose time to be declared is up, and moves that time out of the way. */
export async function takeUndeclared(ctx: Ctx, level: 'prompt' | 'suspect', limit: number): Promise<Alert[]> {
  const column = level === 'prompt' ? 'promptDueAt' : 'suspectDueAt';
  const due = await db(ctx)
    .selectFrom('alert')
    .select('id')
    .where('workspaceId', '=', ctx.workspaceId)
    .where(column, '<=', ctx.now)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  if (due.length === 0) return [];
  forgetHeld(ctx.transaction);
  const change =
    level === 'prompt' ? { promptDueAt: null, promptedAt: ctx.now } : { promptDueAt: null, suspectDueAt: null };
  return await db(ctx)
    .updateTable('alert')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where(
      'id',
      'in',
      due.map(({ id }) => id),
    )
    .returning(SHOWN)
    .execute();
}

/** Alerts of monitors whose time to be declared was up before an instant. */
export async function findOverdueOfMonitors(
  ctx: Ctx,
  before: Date,
  limit: number,
): Promise<Pick<Alert, 'id' | 'monitorId'>[]> {
  return await db(ctx)
    .selectFrom('alert')
    .select(['id', 'monitorId'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', 'is not', null)
    .where('drill', '=', false)
    .where((eb) => eb.or([eb('promptDueAt', '<=', before), eb('suspectDueAt', '<=', before)]))
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Moves the times to be declared of some alerts that were due before to an instant. */
export async function putOffUndeclared(ctx: Ctx, alertIds: readonly string[], until: Date): Promise<void> {
  if (alertIds.length === 0) return;
  const later = (column: 'promptDueAt' | 'suspectDueAt') =>
    sql<Date | null>`case when ${sql.ref(column)} < ${until} then ${until} else ${sql.ref(column)} end`;
  forgetHeld(ctx.transaction);
  const put = { promptDueAt: later('promptDueAt'), suspectDueAt: later('suspectDueAt') };
  await db(ctx)
    .updateTable('alert')
    .set(put)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', 'in', [...alertIds])
    .execute();
}

/** Workspaces in which something waits: for being told, or for a time that is up. */
export async function selectWaitingWorkspaces(database: Ctx['transaction'], now: Date): Promise<string[]> {
  const { rows } = await sql<{ workspaceId: string }>`
    select workspace_id from alert where announce is not null
    union select workspace_id from alert where prompt_due_at <= ${now}
    union select workspace_id from alert where suspect_due_at <= ${now}`.execute(database);
  return rows.map((row) => row.workspaceId);
}

/** Lets go of the keys of dismissed alerts whose sender has been quiet since `before`. Monitors say themselves when they recover. */
export async function releaseQuietKeys(database: Ctx['transaction'], before: Date): Promise<void> {
  await database
    .withTables<AlertTables>()
    .updateTable('alert')
    .set({ holdsKey: false })
    .where('holdsKey', '=', true)
    .where('state', '=', 'closed')
    .where('source', 'in', ['intake', 'person'])
    .where('lastSeenAt', '<', before)
    .execute();
}

/** Lets go of one key that a closed alert still holds, so that what comes next opens a new one. */
export async function releaseClosedKey(ctx: Ctx, scope: string, dedupKey: string): Promise<void> {
  await db(ctx)
    .updateTable('alert')
    .set({ holdsKey: false })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('scope', '=', scope)
    .where('dedupKey', '=', dedupKey)
    .where('holdsKey', '=', true)
    .where('state', '=', 'closed')
    .execute();
}

/** Alerts first seen inside a window, earliest first. */
export async function selectAlertsBetween(
  ctx: Ctx,
  window: { readonly from: Date; readonly to: Date },
  limit: number,
): Promise<Alert[]> {
  return await db(ctx)
    .selectFrom('alert')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('firstSeenAt', '>=', window.from)
    .where('firstSeenAt', '<', window.to)
    .orderBy('id')
    .limit(limit)
    .execute();
}
