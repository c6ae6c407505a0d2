import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { serviceDependenciesChanged } from '../events.ts';
import { selectServiceWithState, updateService } from './store.ts';

/** Takes a service out of use; refuses while monitors stand on it. What it has been part of keeps naming it. */
export async function archiveService(ctx: Ctx, serviceId: string): Promise<void> {
  const service = await selectServiceWithState(ctx, serviceId);
  if (!service || service.archivedAt) throw notFound('service', serviceId);
  if (service.monitorCount > 0) {
    throw conflict(
      `${service.name} still has ${service.monitorCount} monitors. Move them to another service or archive them first.`,
    );
  }
  await updateService(ctx, serviceId, { archivedAt: ctx.now });
  await ctx.publish(serviceDependenciesChanged, { serviceId, archived: true });
  await audit(ctx, { action: 'service.archive', subjectId: serviceId });
  ctx.touch('monitors');
}
