import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import {
  selectService,
  selectServices,
  selectServicesWithState,
  type ServiceRow,
  type ServiceWithState,
} from './store.ts';

/** A service, archived ones included; refuses what is not in the workspace. */
export async function readService(ctx: Ctx, serviceId: string): Promise<ServiceRow> {
  const row = await selectService(ctx, serviceId);
  if (!row) throw notFound('service', serviceId);
  return row;
}

/** The named services (archived ones included), or all that are not archived; by name. Unknown ids are left out. */
export function readServices(ctx: Ctx, serviceIds?: readonly string[]): Promise<ServiceRow[]> {
  return selectServices(ctx, serviceIds);
}

/** The same with the worst state of their monitors. */
export function readServiceStates(ctx: Ctx, serviceIds: readonly string[]): Promise<ServiceWithState[]> {
  return selectServicesWithState(ctx, serviceIds);
}
