import { type Insertable, type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { IncidentRole } from '../role/contract.ts';
import { referenceOf } from './apply.ts';
import type { IncidentKind, IncidentState } from './contract.ts';
import type { Incident } from './incident.ts';
import type { IncidentTables } from './tables.ts';

type Row = Selectable<IncidentTables['incident']>;

const db = (ctx: Ctx) => ctx.transaction.withTables<IncidentTables>();

/** The next number of the workspace; whoever takes one makes others wait until its transaction ends. */
export async function takeNumber(ctx: Ctx): Promise<number> {
  const row = await db(ctx)
    .insertInto('incidentCounter')
    .values({ workspaceId: ctx.workspaceId, lastNumber: 1 })
    .onConflict((oc) => oc.column('workspaceId').doUpdateSet({ lastNumber: sql`incident_counter.last_number + 1` }))
    .returning('lastNumber')
    .executeTakeFirstOrThrow();
  return row.lastNumber;
}

export async function selectIncident(ctx: Ctx, incidentId: string): Promise<Incident | null> {
  const row = await db(ctx)
    .selectFrom('incident')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', incidentId)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Locks the row until the transaction ends. */
export async function lockIncident(ctx: Ctx, incidentId: string): Promise<Incident | null> {
  const row = await db(ctx)
    .selectFrom('incident')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', incidentId)
    .forUpdate()
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function insertIncident(ctx: Ctx, incident: Incident): Promise<void> {
  await db(ctx).insertInto('incident').values(toRow(incident)).execute();
}

/** Writes the projection of an incident that this transaction has locked. */
export async function updateIncident(ctx: Ctx, incident: Incident): Promise<void> {
  const { workspaceId, id, ...rest } = toRow(incident);
  await db(ctx).updateTable('incident').set(rest).where('workspaceId', '=', workspaceId).where('id', '=', id).execute();
}

export type IncidentQuery = {
  readonly states?: readonly IncidentState[] | undefined;
  readonly severity?: Incident['severity'] | undefined;
  readonly kind?: IncidentKind | undefined;
  readonly serviceId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly belowNumber?: number | undefined;
  readonly limit: number;
};

/** Newest first. */
export async function selectIncidents(ctx: Ctx, filter: IncidentQuery): Promise<Incident[]> {
  let query = db(ctx).selectFrom('incident').selectAll().where('workspaceId', '=', ctx.workspaceId);
  if (filter.states) query = query.where('state', 'in', [...filter.states]);
  if (filter.severity) query = query.where('severity', '=', filter.severity);
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.serviceId) query = query.where(sql<boolean>`${filter.serviceId} = any(service_ids)`);
  if (filter.from) query = query.where('declaredAt', '>=', filter.from);
  if (filter.to) query = query.where('declaredAt', '<', filter.to);
  if (filter.belowNumber !== undefined) query = query.where('number', '<', filter.belowNumber);
  const rows = await query.orderBy('number', 'desc').limit(filter.limit).execute();
  return rows.map(fromRow);
}

const MOST_OPEN = 100;

/** Incidents that may take further alerts, the newest first: suspected or active, all or those that a rule declared. */
export async function selectOpenIncidents(
  ctx: Ctx,
  kind: IncidentKind,
  which: 'automatic' | 'any',
): Promise<{ readonly id: string; readonly serviceIds: readonly string[] }[]> {
  let query = db(ctx)
    .selectFrom('incident')
    .select(['id', 'serviceIds'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', 'in', ['suspected', 'active'])
    .where('kind', '=', kind);
  if (which === 'automatic') query = query.where('automatic', '=', true);
  return await query.orderBy('number', 'desc').limit(MOST_OPEN).execute();
}

export async function upsertEffect(
  ctx: Ctx,
  row: Omit<Insertable<IncidentTables['incidentEffect']>, 'position'>,
): Promise<void> {
  const next = sql<number>`(select count(*)::int from incident_effect where workspace_id = ${row.workspaceId} and incident_id = ${row.incidentId})`;
  await db(ctx)
    .insertInto('incidentEffect')
    .values({ ...row, position: next })
    .onConflict((oc) =>
      oc
        .columns(['workspaceId', 'incidentId', 'effect'])
        .doUpdateSet({ state: row.state, detail: row.detail, finishedAt: row.finishedAt ?? null }),
    )
    .execute();
}

export async function selectEffects(ctx: Ctx, incidentId: string) {
  return await db(ctx)
    .selectFrom('incidentEffect')
    .select(['effect', 'state', 'detail', 'startedAt', 'finishedAt'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('incidentId', '=', incidentId)
    .orderBy('position')
    .execute();
}

function fromRow({ roles, impact, ...row }: Row): Incident {
  const held = Object.entries(roles) as [IncidentRole, { userId: string; since: string }][];
  return {
    ...row,
    reference: referenceOf(row.number),
    impact: impact.map(({ startedAt, endedAt }) => ({
      startedAt: new Date(startedAt),
      endedAt: endedAt === null ? null : new Date(endedAt),
    })),
    roles: Object.fromEntries(held.map(([role, { userId }]) => [role, userId])),
    rolesSince: Object.fromEntries(held.map(([role, { since }]) => [role, new Date(since)])),
  };
}

function toRow({
  reference: _reference,
  roles,
  rolesSince,
  impact,
  serviceIds,
  ...rest
}: Incident): Insertable<IncidentTables['incident']> {
  const held = Object.entries(roles).map(([role, userId]) => [
    role,
    { userId, since: rolesSince[role as IncidentRole] },
  ]);
  return {
    ...rest,
    serviceIds: [...serviceIds],
    impact: JSON.stringify(impact),
    roles: JSON.stringify(Object.fromEntries(held)),
  };
}

/** Real incidents that go on, counted by state and severity. */
export function countOpenIncidents(ctx: Ctx) {
  return db(ctx)
    .selectFrom('incident')
    .select((eb) => ['state', 'severity', eb.fn.countAll<number>().as('count')])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('kind', '=', 'real')
    .where('state', 'in', ['suspected', 'active', 'mitigated'])
    .groupBy(['state', 'severity'])
    .orderBy('state')
    .orderBy('severity')
    .execute();
}
