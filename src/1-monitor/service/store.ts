import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { MonitorTables } from '../tables.ts';
import type { MonitorState } from '../verdict/contract.ts';

export type ServiceRow = Selectable<MonitorTables['service']>;
export type ServiceWithState = ServiceRow & { readonly state: MonitorState; readonly monitorCount: number };

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

/** Services with the worst state of their monitors; drills do not count, nor do paused monitors beside others. */
function withState(ctx: Ctx) {
  return tables(ctx)
    .selectFrom('service')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('monitor')
          .innerJoin('monitorStatus', (join) =>
            join
              .onRef('monitorStatus.workspaceId', '=', 'monitor.workspaceId')
              .onRef('monitorStatus.monitorId', '=', 'monitor.id'),
          )
          .whereRef('monitor.workspaceId', '=', 'service.workspaceId')
          .whereRef('monitor.serviceId', '=', 'service.id')
          .where('monitor.archivedAt', 'is', null)
          .select([
            sql<number>`count(*)::int`.as('monitorCount'),
            sql<number>`coalesce(max(array_position(array['paused', 'unknown', 'up', 'degraded', 'down'], state)), 2)`.as(
              'worst',
            ),
          ])
          .as('m'),
      (join) => join.onTrue(),
    )
    .selectAll('service')
    .select((eb) => [
      sql<MonitorState>`(array['paused', 'unknown', 'up', 'degraded', 'down'])[m.worst]`.as('state'),
      eb.fn.coalesce('m.monitorCount', sql<number>`0`).as('monitorCount'),
    ])
    .where('service.workspaceId', '=', ctx.workspaceId);
}

export function selectServiceWithState(ctx: Ctx, serviceId: string): Promise<ServiceWithState | undefined> {
  return withState(ctx).where('service.id', '=', serviceId).executeTakeFirst();
}

export function selectService(ctx: Ctx, serviceId: string): Promise<ServiceRow | undefined> {
  return services(ctx).where('id', '=', serviceId).executeTakeFirst();
}

/** Whether there is such a service; costs nothing however many monitors it has. */
export async function hasService(ctx: Ctx, serviceId: string): Promise<boolean> {
  const row = await tables(ctx)
    .selectFrom('service')
    .select('id')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', serviceId)
    .where('archivedAt', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** The named ones, archived or not; without names all that are not archived. */
export function selectServices(ctx: Ctx, serviceIds?: readonly string[]): Promise<ServiceRow[]> {
  const query = services(ctx).orderBy('name').orderBy('id');
  return serviceIds === undefined
    ? query.where('archivedAt', 'is', null).execute()
    : query.where('id', 'in', serviceIds.length > 0 ? serviceIds : ['']).execute();
}

export function selectServicesWithState(ctx: Ctx, serviceIds: readonly string[]): Promise<ServiceWithState[]> {
  return withState(ctx)
    .where('service.id', 'in', serviceIds.length > 0 ? serviceIds : [''])
    .orderBy('service.name')
    .orderBy('service.id')
    .execute();
}

/** Without the state, which costs more the more monitors a service has. */
function services(ctx: Ctx) {
  return tables(ctx).selectFrom('service').selectAll().where('workspaceId', '=', ctx.workspaceId);
}

export type ServicePage = {
  readonly limit: number;
  readonly after: { readonly name: string; readonly id: string } | null;
  readonly search: string | undefined;
};

export function selectServicePage(ctx: Ctx, page: ServicePage): Promise<ServiceWithState[]> {
  let query = withState(ctx).where('service.archivedAt', 'is', null);
  if (page.search) query = query.where(sql<boolean>`strpos(lower(service.name), lower(${page.search})) > 0`);
  const { after } = page;
  if (after) query = query.where(sql<boolean>`(service.name, service.id) > (${after.name}, ${after.id})`);
  return query
    .orderBy('service.name')
    .orderBy('service.id')
    .limit(page.limit + 1)
    .execute();
}

export function selectServiceBySlug(ctx: Ctx, slug: string): Promise<ServiceRow | undefined> {
  return tables(ctx)
    .selectFrom('service')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('slug', '=', slug)
    .where('archivedAt', 'is', null)
    .executeTakeFirst();
}

export async function selectSlugsLike(ctx: Ctx, slug: string): Promise<Set<string>> {
  const rows = await tables(ctx)
    .selectFrom('service')
    .select('slug')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('archivedAt', 'is', null)
    .where(sql<boolean>`starts_with(slug, ${slug.slice(0, 60)})`)
    .execute();
  return new Set(rows.map((row) => row.slug));
}

/** False when the slug was taken meanwhile. */
export async function insertService(ctx: Ctx, row: Insertable<MonitorTables['service']>): Promise<boolean> {
  const done = await tables(ctx)
    .insertInto('service')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0) > 0;
}

export async function updateService(ctx: Ctx, serviceId: string, change: Updateable<MonitorTables['service']>) {
  await tables(ctx)
    .updateTable('service')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', serviceId)
    .where('archivedAt', 'is', null)
    .execute();
}
