import { type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { MonitorTables } from '../tables.ts';
import type { ProbeLoad } from './contract.ts';

export type LocationRow = Omit<Selectable<MonitorTables['location']>, 'workspaceId'>;
export type ProbeRow = Omit<Selectable<MonitorTables['probe']>, 'tokenDigest'>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();
const PROBE = [
  'workspaceId',
  'id',
  'locationId',
  'name',
  'createdAt',
  'revokedAt',
  'seenAt',
  'version',
  'load',
  'lostAt',
] as const;

function locations(ctx: Ctx) {
  return tables(ctx)
    .selectFrom('location')
    .select(['id', 'name', 'allowedTargets', 'createdAt', 'archivedAt'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('archivedAt', 'is', null);
}

/** By id, which is by age. */
export function selectLocationPage(ctx: Ctx, afterId: string | null, limit: number): Promise<LocationRow[]> {
  const query = afterId === null ? locations(ctx) : locations(ctx).where('id', '>', afterId);
  return query.orderBy('id').limit(limit).execute();
}

/** Those that are in use, of these ids. */
export function selectLocations(ctx: Ctx, ids: readonly string[]): Promise<LocationRow[]> {
  return locations(ctx)
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute();
}

/** Keeps a place as it is until the transaction ends. */
export function lockLocation(ctx: Ctx, locationId: string): Promise<LocationRow | undefined> {
  return locations(ctx).where('id', '=', locationId).forUpdate().executeTakeFirst();
}

export function findLocationByName(ctx: Ctx, name: string): Promise<LocationRow | undefined> {
  return locations(ctx)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .executeTakeFirst();
}

export async function insertLocation(ctx: Ctx, row: LocationRow): Promise<void> {
  await tables(ctx)
    .insertInto('location')
    .values({ ...row, workspaceId: ctx.workspaceId })
    .execute();
}

export async function updateLocation(ctx: Ctx, locationId: string, change: Partial<Omit<LocationRow, 'id'>>) {
  await tables(ctx)
    .updateTable('location')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', locationId)
    .execute();
}

/** Also those that are revoked, oldest first. */
export function selectProbes(ctx: Ctx, locationIds: readonly string[]): Promise<ProbeRow[]> {
  return tables(ctx)
    .selectFrom('probe')
    .select(PROBE)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('locationId', '=', sql<string>`any(${[...locationIds]}::text[])`)
    .orderBy('id')
    .execute();
}

export function selectProbe(ctx: Ctx, probeId: string): Promise<ProbeRow | undefined> {
  return tables(ctx)
    .selectFrom('probe')
    .select(PROBE)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', probeId)
    .executeTakeFirst();
}

export async function insertProbe(
  ctx: Ctx,
  row: { id: string; locationId: string; name: string; tokenDigest: string },
): Promise<void> {
  const nothing = { revokedAt: null, seenAt: null, version: null, load: null, lostAt: null };
  await tables(ctx)
    .insertInto('probe')
    .values({ ...row, ...nothing, workspaceId: ctx.workspaceId, createdAt: ctx.now })
    .execute();
}

/** Revokes a probe, or all of a place; those that are revoked stay so since when they were. */
export async function revokeProbes(ctx: Ctx, of: { probeId: string } | { locationId: string }): Promise<void> {
  const query = tables(ctx)
    .updateTable('probe')
    .set({ revokedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('revokedAt', 'is', null);
  await (
    'probeId' in of ? query.where('id', '=', of.probeId) : query.where('locationId', '=', of.locationId)
  ).execute();
}

export type KnownProbe = ProbeRow & { readonly locationName: string; readonly allowedTargets: readonly string[] };

/** Whose token this is. A token names its workspace, so none is asked for. */
export function selectProbeByToken(database: Database, tokenDigest: string): Promise<KnownProbe | undefined> {
  return database
    .withTables<MonitorTables>()
    .selectFrom('probe as p')
    .innerJoin('location as l', (join) =>
      join.onRef('l.workspaceId', '=', 'p.workspaceId').onRef('l.id', '=', 'p.locationId'),
    )
    .select(PROBE.map((column) => `p.${column}` as const))
    .select(['l.name as locationName', 'l.allowedTargets'])
    .where('p.tokenDigest', '=', tokenDigest)
    .where('p.revokedAt', 'is', null)
    .where('l.archivedAt', 'is', null)
    .executeTakeFirst();
}

/** Notes what a probe says of itself, by the database's clock, and names the live ones of its place. */
export async function beatProbe(
  database: Database,
  probe: { readonly workspaceId: string; readonly id: string; readonly locationId: string },
  said: { readonly version: string; readonly load: ProbeLoad },
  liveSeconds: number,
): Promise<string[]> {
  await sql`
    update probe set seen_at = now(), version = ${said.version}, load = ${JSON.stringify(said.load)}::jsonb
    where workspace_id = ${probe.workspaceId} and id = ${probe.id} and revoked_at is null
  `.execute(database);
  const { rows } = await sql<{ id: string }>`
    select id from probe where workspace_id = ${probe.workspaceId} and location_id = ${probe.locationId}
      and revoked_at is null and seen_at > now() - make_interval(secs => ${liveSeconds}) order by id
  `.execute(database);
  return rows.map((row) => row.id);
}

export type WatchedProbe = {
  readonly workspaceId: string;
  readonly id: string;
  readonly name: string;
  readonly locationId: string;
  readonly locationName: string;
};

/** Probes of every workspace that became silent, or that report again, by the database's clock. */
export async function selectTurnedProbes(
  database: Database,
  to: 'lost' | 'back',
  silentSeconds: number,
): Promise<WatchedProbe[]> {
  const silent = sql`p.seen_at < now() - make_interval(secs => ${silentSeconds})`;
  const turned = to === 'lost' ? sql`p.lost_at is null and ${silent}` : sql`p.lost_at is not null and not (${silent})`;
  const { rows } = await sql<WatchedProbe>`
    select p.workspace_id, p.id, p.name, p.location_id, l.name as location_name
    from probe p join location l on l.workspace_id = p.workspace_id and l.id = p.location_id
    where p.revoked_at is null and p.seen_at is not null and ${turned} limit 500
  `.execute(database);
  return rows;
}

/** Whether this transaction is the one that says so. */
export async function turnProbe(ctx: Ctx, probeId: string, lostAt: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('probe')
    .set({ lostAt })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', probeId)
    .where('lostAt', lostAt === null ? 'is not' : 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
