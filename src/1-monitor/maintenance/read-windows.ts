import type { Ctx } from '#platform/ctx.ts';
import { holdRunningWindows, type MaintenanceWindow } from './store.ts';

export type { MaintenanceWindow } from './store.ts';

/** The maintenance that is under way, what lasts longest first; nobody changes it until the transaction ends. */
export function readRunningMaintenance(ctx: Ctx): Promise<MaintenanceWindow[]> {
  return holdRunningWindows(ctx);
}
