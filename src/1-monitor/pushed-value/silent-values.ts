import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { DEAF_AFTER_MS, type Gap, mayHaveBeenMissed } from '../heartbeat/deaf.ts';
import { noteListening } from '../heartbeat/store.ts';
import { lockMonitor } from '../monitor/store.ts';
import { storeVerdict } from '../monitor/store-verdict.ts';
import { withPartitions } from '../result/record-batch.ts';
import { recordResults } from '../result/record-results.ts';
import { lostSight } from '../verdict/verdict.ts';
import { dueAfter, forgetCourse, observeNoValue } from './pushed-value.ts';
import { lockPushedValues, selectSilentValues, updateCourses } from './store.ts';

const AT_ONCE = 1_000;

/**
 * Says unknown of every pushed value that did not come in time. Where it may have come while this installation was not
 * running, one more period is waited before the sender is said to be silent.
 */
export const silentValues: Rule = {
  name: 'monitor.silent-values',
  async run(system, now) {
    const gap = await noteListening(system.database, now, DEAF_AFTER_MS);
    for (const { workspaceId, monitorId } of await selectSilentValues(system.database, now, AT_ONCE)) {
      await withPartitions(system, [{ dueAtMs: now.getTime() }], () =>
        judgeSilence(system, workspaceId, monitorId, now, gap),
      );
    }
  },
};

function judgeSilence(
  system: System,
  workspaceId: string,
  monitorId: string,
  now: Date,
  gap: Gap | null,
): Promise<void> {
  return system.transact({ actor: systemActor('pushed-value'), workspaceId }, async (ctx) => {
    const [pushed] = await lockPushedValues(ctx, [monitorId]);
    if (!pushed?.dueAt || pushed.dueAt > now) return;
    ctx.touch(`monitor:${monitorId}`);
    if (gap && mayHaveBeenMissed({ dueAt: pushed.dueAt, runs: [] }, pushed, gap)) {
      await updateCourses(ctx, [{ ...pushed, ...forgetCourse(pushed, dueAfter(pushed, gap.until)) }]);
      const monitor = await lockMonitor(ctx, monitorId);
      if (!monitor || monitor.state === 'down' || monitor.state === 'paused') return;
      return storeVerdict(ctx, monitor, lostSight(monitor.verdict, gap.from.getTime()), null);
    }
    await updateCourses(ctx, [{ ...pushed, ...forgetCourse(pushed, null) }]);
    // The check is dated now, when it was judged: it must come after every value that was stored before.
    await recordResults(ctx, [observeNoValue({ workspaceId, monitorId, at: now }, pushed, pushed)]);
  });
}
