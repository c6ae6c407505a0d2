import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { selectService, selectServices, type ServiceWithState } from './store.ts';

export type { ServiceWithState } from './store.ts';

/** A service, archived ones included; refuses what is not in the workspace. */
export async function readService(ctx: Ctx, serviceId: string): Promise<ServiceWithState> {
  const row = await selectService(ctx, serviceId);
  if (!row) throw notFound('service', serviceId);
  return row;
}

/** The named services (archived ones included), or all that are not archived; by name. Unknown ids are left out. */
export function readServices(ctx: Ctx, serviceIds?: readonly string[]): Promise<ServiceWithState[]> {
  return selectServices(ctx, serviceIds);
}
