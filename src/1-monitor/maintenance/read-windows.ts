import type { Ctx } from '#platform/ctx.ts';
import { type MaintenanceWindow, selectRunningWindows } from './store.ts';

export type { MaintenanceWindow } from './store.ts';

/** The maintenance that is under way, what lasts longest first. */
export function readRunningMaintenance(ctx: Ctx): Promise<MaintenanceWindow[]> {
  return selectRunningWindows(ctx);
}
