import { type MaintenanceWindow, readMonitors, readRunningMaintenance, readServices, upstreamOf } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { onceATransaction } from '#platform/once-a-transaction.ts';
import type { Alert } from '../alert/alert.ts';
import { keepQuiet } from '../alert/keep-quiet.ts';
import { dependenciesIn } from '../upstream/dependencies.ts';

export const runningMaintenance = onceATransaction(readRunningMaintenance);

/**
 * Keeps an alert quiet until the end of the maintenance of its monitor, its service, or something that its service needs;
 * null when there is none. Of several the one that lasts longest.
 */
export async function holdForMaintenance(ctx: Ctx, alert: Alert, serviceId: string): Promise<Alert | null> {
  const windows = await runningMaintenance(ctx);
  if (windows.length === 0) return null;
  const concerned = [serviceId, ...upstreamOf(await dependenciesIn(ctx), serviceId)];
  const isOfMonitor = ({ monitorIds }: MaintenanceWindow) =>
    alert.monitorId !== null && monitorIds.includes(alert.monitorId);
  const window = windows.find((one) => isOfMonitor(one) || one.serviceIds.some((id) => concerned.includes(id)));
  if (!window) return null;
  const worked = concerned.find((id) => window.serviceIds.includes(id));
  const [what] =
    worked === undefined ? await readMonitors(ctx, [alert.monitorId ?? '']) : await readServices(ctx, [worked]);
  const until = `${window.endsAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  // No wake-up for each of what may be thousands: the sweep finds them in time.
  return await keepQuiet(ctx, alert, {
    quiet: 'maintenance',
    by: window.id,
    until: window.endsAt,
    text: `${what?.name ?? 'Its service'} is in maintenance until ${until}: ${window.title}.`,
  });
}
