import { systemActor } from '#kernel/actor.ts';
import type { Rule } from '#platform/rule.ts';
import { lockMonitor } from '../monitor/store.ts';
import { storeVerdict } from '../monitor/store-verdict.ts';
import { selectNewestDue } from '../result/store.ts';
import { lostSight } from '../verdict/verdict.ts';
import { selectUnseen } from './store.ts';

const AT_ONCE = 500;

/** Says unknown of monitors that nobody has checked for a while, from the check on that did not come. */
export const loseSight: Rule = {
  name: 'monitor.lose-sight',
  async run(system, now) {
    for (const { workspaceId, monitorId } of await selectUnseen(system.database, now, AT_ONCE)) {
      await system.transact({ actor: systemActor('probe'), workspaceId }, async (ctx) => {
        const monitor = await lockMonitor(ctx, monitorId);
        if (!monitor || monitor.state === 'paused') return;
        const newest = (await selectNewestDue(ctx, [monitor.number], monitor.since)).get(monitor.number);
        const lastMs = Math.max(newest ?? 0, monitor.since.getTime());
        if (lastMs + monitor.intervalMs > now.getTime()) return;
        await storeVerdict(ctx, monitor, lostSight(monitor.verdict, lastMs + monitor.intervalMs), null);
      });
    }
  },
};
