import { HOUR_MS } from '#kernel/duration.ts';
import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { touchAlert } from './acknowledge-alert.ts';
import { isUndeclared } from './alert.ts';
import { alertUndeclared } from './events.ts';
import { releaseQuietKeys, selectWaitingWorkspaces, takeUndeclared } from './store.ts';

const AT_ONCE = 50;
const QUIET_AFTER_MS = HOUR_MS;

/** Asks for a decision on critical alerts that nobody declared or dismissed; each level of each alert once. */
export const undeclaredRule: Rule = {
  name: 'alert.undeclared',
  async run(system, now) {
    for (const workspaceId of await selectWaitingWorkspaces(system.database, now)) {
      // The graver level first: an alert that is due for both (after a long stop) is told once.
      await tell(system, workspaceId, 'suspect');
      await tell(system, workspaceId, 'prompt');
    }
    await releaseQuietKeys(system.database, new Date(now.getTime() - QUIET_AFTER_MS));
  },
};

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
