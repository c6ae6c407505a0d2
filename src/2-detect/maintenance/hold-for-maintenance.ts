import { readRunningMaintenance, readServices, upstreamOf } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { onceATransaction } from '#platform/once-a-transaction.ts';
import type { Alert } from '../alert/alert.ts';
import { keepQuiet } from '../alert/keep-quiet.ts';
import { dependenciesIn } from '../upstream/dependencies.ts';

export const runningMaintenance = onceATransaction(readRunningMaintenance);

/**
 * Keeps an alert quiet until the end of the maintenance of its service, or of something that its service needs; null
 * when there is none.
 */
export async function holdForMaintenance(ctx: Ctx, alert: Alert, serviceId: string): Promise<Alert | null> {
  const windows = await runningMaintenance(ctx);
  if (windows.length === 0) return null;
  const concerned = [serviceId, ...upstreamOf(await dependenciesIn(ctx), serviceId)];
  const window = windows.find(({ serviceIds }) => serviceIds.some((id) => concerned.includes(id)));
  if (!window) return null;
  const worked = concerned.find((id) => window.serviceIds.includes(id)) ?? serviceId;
  const [service] = await readServices(ctx, [worked]);
  const until = `${window.endsAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  // No wake-up for each of what may be thousands: the sweep finds them in time.
  return await keepQuiet(ctx, alert, {
    quiet: 'maintenance',
    by: window.id,
    until: window.endsAt,
    text: `${service?.name ?? 'Its service'} is in maintenance until ${until}: ${window.title}.`,
  });
}
