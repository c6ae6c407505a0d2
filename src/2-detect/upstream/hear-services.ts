import { downstreamOf, maintenanceChanged, serviceDependenciesChanged } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { endQuiet } from '../alert/end-quiet.ts';
import { runningMaintenance } from '../maintenance/hold-for-maintenance.ts';
import { dependenciesIn } from './dependencies.ts';
import { lockQuietFor } from './store.ts';

const AT_ONCE = 200;

export const hearServices = [
  on(serviceDependenciesChanged, async (ctx, { serviceId, archived }) => {
    dependenciesIn.forget(ctx);
    const concerned = archived ? null : [serviceId, ...downstreamOf(await dependenciesIn(ctx), serviceId)];
    await decideAnew(ctx, { quiet: 'upstream', by: null, serviceIds: concerned });
  }),
  on(maintenanceChanged, async (ctx, { maintenanceWindowId }) => {
    runningMaintenance.forget(ctx);
    await decideAnew(ctx, { quiet: 'maintenance', by: maintenanceWindowId, serviceIds: null });
  }),
];

/** What is quiet for a reason that may not hold any more is decided about anew; it asks when nothing else keeps it quiet. */
async function decideAnew(ctx: Ctx, of: Omit<Parameters<typeof lockQuietFor>[1], 'afterId' | 'limit'>): Promise<void> {
  for (let afterId = '', taken = AT_ONCE; taken === AT_ONCE;) {
    const alerts = await lockQuietFor(ctx, { ...of, afterId, limit: AT_ONCE });
    for (const alert of alerts) await endQuiet(ctx, alert);
    afterId = alerts.at(-1)?.id ?? '';
    taken = alerts.length;
  }
}
