import { AppError, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { serviceDependenciesChanged } from '../events.ts';
import { upstreamOf } from './dependency.ts';
import { lockDependencies, replaceDependencies, selectDependencies } from './dependency-store.ts';
import { selectServices } from './store.ts';

/**
 * Says anew what a service needs in order to work. Refuses itself, services that are not there or archived, and what
 * would make a circle; tells later stages.
 */
export async function changeDependencies(ctx: Ctx, serviceId: string, wanted: readonly string[]): Promise<void> {
  const dependsOn = [...new Set(wanted)];
  if (dependsOn.includes(serviceId)) throw invalid('body.dependsOn', 'a service cannot depend on itself');
  const services = await selectServices(ctx, dependsOn);
  const missing = dependsOn.find((id) => !services.some((one) => one.id === id && one.archivedAt === null));
  if (missing !== undefined) throw invalid('body.dependsOn', `there is no service ${missing} in this workspace`);
  await lockDependencies(ctx);
  const others = (await selectDependencies(ctx)).filter((one) => one.serviceId !== serviceId);
  const circle = services.find(({ id }) => upstreamOf(others, id).includes(serviceId));
  if (circle) {
    const message = `${circle.name} depends on this service already, so this would be a circle.`;
    throw new AppError('invalid', message, { errors: [{ path: 'body.dependsOn', message }] });
  }
  await replaceDependencies(ctx, serviceId, dependsOn);
  await ctx.publish(serviceDependenciesChanged, { serviceId, archived: false });
}
