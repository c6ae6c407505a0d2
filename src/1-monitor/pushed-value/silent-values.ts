import { mayHaveBeenMissed } from '../heartbeat/deaf.ts';
import { loseSightSince, silenceRule } from '../heartbeat/silence-rule.ts';
import { recordResults } from '../result/record-results.ts';
import { dueAfter, forgetCourse, observeNoValue } from './pushed-value.ts';
import { lockPushedValues, selectSilentValues, updateCourses } from './store.ts';

/**
 * Says unknown of every pushed value that did not come in time. Where it may have come while this installation was not
 * running, one more period is waited before the sender is said to be silent.
 */
export const silentValues = silenceRule({
  name: 'monitor.silent-values',
  actor: 'pushed-value',
  select: selectSilentValues,
  async judge(ctx, { workspaceId, monitorId }, now, gap) {
    const [pushed] = await lockPushedValues(ctx, [monitorId]);
    if (!pushed?.dueAt || pushed.dueAt > now) return;
    ctx.touch(`monitor:${monitorId}`);
    if (gap && mayHaveBeenMissed({ dueAt: pushed.dueAt, runs: [] }, pushed, gap)) {
      await updateCourses(ctx, [{ ...pushed, ...forgetCourse(pushed, dueAfter(pushed, gap.until)) }]);
      return loseSightSince(ctx, monitorId, gap);
    }
    await updateCourses(ctx, [{ ...pushed, ...forgetCourse(pushed, null) }]);
    // The check is dated now, when it was judged: it must come after every value that was stored before.
    await recordResults(ctx, [observeNoValue({ workspaceId, monitorId, at: now }, pushed, pushed)]);
  },
});
