import { systemActor } from '#kernel/actor.ts';
import type { Rule } from '#platform/rule.ts';
import { finishDrill } from './finish-drill.ts';
import { lockMonitor, selectDueDrills } from './store.ts';

/** Ends every drill whose time is over. */
export const endDueDrills: Rule = {
  name: 'monitor.end-due-drills',
  async run(system, now) {
    for (const { workspaceId, monitorId } of await selectDueDrills(system.database, now)) {
      await system.transact({ actor: systemActor('drill'), workspaceId }, async (ctx) => {
        const monitor = await lockMonitor(ctx, monitorId);
        if (monitor?.drillEndsAt && monitor.drillEndsAt <= now) await finishDrill(ctx, monitor);
      });
    }
  },
};
