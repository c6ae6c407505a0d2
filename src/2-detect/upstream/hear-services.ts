import { maintenanceChanged, serviceDependenciesChanged } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { endQuiet } from '../alert/end-quiet.ts';
import { forgetMaintenance } from '../maintenance/hold-for-maintenance.ts';
import { forgetDependencies } from './dependencies.ts';
import { lockQuietFor } from './store.ts';

const AT_ONCE = 200;

export const hearServices = [
  on(serviceDependenciesChanged, async (ctx) => {
    forgetDependencies(ctx);
    await decideAnew(ctx, 'upstream', null);
  }),
  on(maintenanceChanged, async (ctx, { maintenanceWindowId }) => {
    forgetMaintenance(ctx);
    await decideAnew(ctx, 'maintenance', maintenanceWindowId);
  }),
];

/** What is quiet for a reason that may not hold any more is decided about anew; it asks when nothing else keeps it quiet. */
async function decideAnew(ctx: Ctx, quiet: 'maintenance' | 'upstream', by: string | null): Promise<void> {
  for (let afterId = '', taken = AT_ONCE; taken === AT_ONCE;) {
    const alerts = await lockQuietFor(ctx, { quiet, by, afterId, limit: AT_ONCE });
    for (const alert of alerts) await endQuiet(ctx, alert);
    afterId = alerts.at(-1)?.id ?? '';
    taken = alerts.length;
  }
}
