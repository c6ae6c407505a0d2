import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { readMonitors } from '../monitor/read-monitors.ts';
import { readServices } from '../service/read-services.ts';
import type { Targets } from './store.ts';

/** What is worked on, each once; refuses nothing at all, and what is not there or archived. */
export async function requireTargets(ctx: Ctx, wanted: Targets): Promise<Targets> {
  const serviceIds = [...new Set(wanted.serviceIds)];
  const monitorIds = [...new Set(wanted.monitorIds)];
  if (serviceIds.length + monitorIds.length === 0)
    throw invalid('body.serviceIds', 'name at least one service or monitor');
  const services = serviceIds.length > 0 ? await readServices(ctx, serviceIds) : [];
  const service = serviceIds.find((id) => !services.some((one) => one.id === id && one.archivedAt === null));
  if (service !== undefined) throw invalid('body.serviceIds', `there is no service ${service} in this workspace`);
  const monitors = monitorIds.length > 0 ? await readMonitors(ctx, monitorIds) : [];
  const monitor = monitorIds.find((id) => !monitors.some((one) => one.id === id && one.archivedAt === null));
  if (monitor !== undefined) throw invalid('body.monitorIds', `there is no monitor ${monitor} in this workspace`);
  return { serviceIds, monitorIds };
}
