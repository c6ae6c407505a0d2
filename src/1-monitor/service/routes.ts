import { z } from 'zod';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { readRunning } from '../maintenance/running.ts';
import { archiveService } from './archive-service.ts';
import { deleteService, getService, listServices, patchService, postService, type Service } from './contract.ts';
import { createService } from './create-service.ts';
import { type Dependency, selectDependencies } from './dependency-store.ts';
import { editService } from './edit-service.ts';
import { selectServicePage, selectServiceWithState, type ServiceWithState } from './store.ts';

const position = z.object({ name: z.string(), id: z.string() });

export const serviceRoutes: readonly RouteBinding[] = [
  bind(listServices, async (ctx, { query }) => {
    const after = readCursor(query.cursor, position);
    const rows = await selectServicePage(ctx, { limit: query.limit, after, search: query.search });
    const page = pageOf(rows, query.limit, ({ name, id }) => ({ name, id }));
    const dependencies = await selectDependencies(ctx);
    const running = await readRunning(ctx);
    return { ...page, items: page.items.map((row) => present(row, dependencies, running)) };
  }),
  bind(getService, (ctx, { params }) => shown(ctx, params.id)),
  bind(postService, async (ctx, { body }) => shown(ctx, await createService(ctx, body))),
  bind(patchService, async (ctx, { params, body }) => {
    await editService(ctx, params.id, body);
    return shown(ctx, params.id);
  }),
  bind(deleteService, (ctx, { params }) => archiveService(ctx, params.id)),
];

async function shown(ctx: Ctx, serviceId: string): Promise<Service> {
  const service = await selectServiceWithState(ctx, serviceId);
  if (!service || service.archivedAt) throw notFound('service', serviceId);
  return present(service, await selectDependencies(ctx), await readRunning(ctx));
}

type Running = Awaited<ReturnType<typeof readRunning>>;

function present(row: ServiceWithState, dependencies: readonly Dependency[], running: Running): Service {
  const { id, name, slug, description, escalationPolicyId, state, monitorCount, createdAt } = row;
  const dependsOn = dependencies.filter(({ serviceId }) => serviceId === id).map(({ dependsOnId }) => dependsOnId);
  return {
    id,
    name,
    slug,
    description,
    escalationPolicyId,
    dependsOn,
    state,
    monitorCount,
    maintenance: running.ofService(id),
    createdAt: createdAt.toISOString(),
  };
}
