import type { Ctx } from '#platform/ctx.ts';
import type { RunningMaintenance } from './contract.ts';
import { type MaintenanceWindow, selectRunningWindows } from './store.ts';

type Running = {
  /** What names the monitor or its service, the one that lasts longest; null for none. */
  readonly ofMonitor: (monitor: { readonly id: string; readonly serviceId: string }) => RunningMaintenance | null;
  readonly ofService: (serviceId: string) => RunningMaintenance | null;
};

/** Which monitors and services are in maintenance now; what merely needs one of these services is not. */
export async function readRunning(ctx: Ctx): Promise<Running> {
  const windows = await selectRunningWindows(ctx);
  const find = (names: (window: MaintenanceWindow) => boolean): RunningMaintenance | null => {
    const window = windows.find(names);
    return window ? { id: window.id, title: window.title, endsAt: window.endsAt.toISOString() } : null;
  };
  return {
    ofMonitor: ({ id, serviceId }) =>
      find(({ serviceIds, monitorIds }) => serviceIds.includes(serviceId) || monitorIds.includes(id)),
    ofService: (serviceId) => find(({ serviceIds }) => serviceIds.includes(serviceId)),
  };
}
