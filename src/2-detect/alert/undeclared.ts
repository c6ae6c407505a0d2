import { addSeconds, HOUR_MS } from '#kernel/duration.ts';
import { systemActor } from '#kernel/actor.ts';
import { checkSoon, readSights } from '#monitor';
import type { Ctx, System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { touchAlert } from './acknowledge-alert.ts';
import { isUndeclared } from './alert.ts';
import { alertUndeclared } from './events.ts';
import {
  findOverdueOfMonitors,
  putOffUndeclared,
  releaseQuietKeys,
  selectWaitingWorkspaces,
  takeUndeclared,
} from './store.ts';

const AT_ONCE = 50;
const QUIET_AFTER_MS = HOUR_MS;
/** The sweep finds what is due within a quarter of a minute. */
const OVERDUE_SECONDS = 30;
const CHECK_SECONDS = 60;
const MOST_CHECKS = 1_000;

/** Asks for a decision on critical alerts that nobody declared or dismissed; each level of each alert once. */
export const undeclaredRule: Rule = {
  name: 'alert.undeclared',
  async run(system, now) {
    for (const workspaceId of await selectWaitingWorkspaces(system.database, now)) {
      await system.transact({ actor: systemActor('radar'), workspaceId }, awaitChecks);
      // The graver level first: an alert that is due for both (after a long stop) is told once.
      await tell(system, workspaceId, 'suspect');
      await tell(system, workspaceId, 'prompt');
    }
    await releaseQuietKeys(system.database, new Date(now.getTime() - QUIET_AFTER_MS));
  },
};

/**
 * A time that was up so long ago passed while nothing of ours ran, and so may have the fault: monitors are asked anew
 * first, and their alerts told of a moment later if they are still open then.
 */
async function awaitChecks(ctx: Ctx): Promise<void> {
  const overdue = await findOverdueOfMonitors(ctx, addSeconds(ctx.now, -OVERDUE_SECONDS), MOST_CHECKS);
  const monitorIds = overdue.flatMap(({ monitorId }) => monitorId ?? []);
  if (monitorIds.length === 0) return;
  const sights = await readSights(ctx, monitorIds);
  const unsure = new Set(sights.flatMap(({ monitorId, fresh, failing }) => (fresh && failing ? [] : [monitorId])));
  const waiting = overdue.filter(({ monitorId }) => monitorId !== null && unsure.has(monitorId));
  await checkSoon(ctx, [...unsure]);
  await putOffUndeclared(
    ctx,
    waiting.map(({ id }) => id),
    addSeconds(ctx.now, CHECK_SECONDS),
  );
}

async function tell(system: System, workspaceId: string, level: 'prompt' | 'suspect') {
  for (let taken = AT_ONCE; taken === AT_ONCE;) {
    taken = await system.transact({ actor: systemActor('radar'), workspaceId }, async (ctx) => {
      const due = await takeUndeclared(ctx, level, AT_ONCE);
      for (const alert of due.filter(isUndeclared)) {
        touchAlert(ctx, alert);
        await ctx.publish(alertUndeclared, { alert, level });
      }
      return due.length;
    });
  }
}
