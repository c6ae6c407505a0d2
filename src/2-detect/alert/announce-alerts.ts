import { systemActor } from '#kernel/actor.ts';
import type { Ctx, System, Who } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { groupAlert } from '../group/group-alert.ts';
import { leadOn } from '../group/lead-on.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { routeAlert } from '../route/route-alert.ts';
import { quietenDownstream, releaseDownstream } from '../upstream/hold-for-upstream.ts';
import { touchAlert } from './acknowledge-alert.ts';
import { type Alert, outgrewAnswer } from './alert.ts';
import type { SignalSeverity } from './contract.ts';
import { alertClosed, alertDeclares, alertOpened, alertRecurred, alertReturned, alertShadowed } from './events.ts';
import { reopenLocked } from './return-alert.ts';
import { selectWaitingWorkspaces, takeUnannounced, type Unannounced } from './store.ts';

const AT_ONCE = 20;

/** Tells later stages what became of one alert, inside the transaction that took it. */
export async function announce(ctx: Ctx, { alert, announce: what, raisedFrom }: Unannounced): Promise<void> {
  touchAlert(ctx, alert);
  switch (what) {
    case 'opened':
      return await tellOpened(ctx, alert);
    case 'raised':
      return await tellRaised(ctx, alert, raisedFrom);
    case 'closed':
      await writeEntry(ctx, { alertId: alert.id, kind: 'closed', text: closeSentence(alert) });
      await leadOn(ctx, alert);
      await releaseDownstream(ctx, alert);
      return await ctx.publish(alertClosed, { alert, reason: alert.closeReason ?? 'resolved' });
    default:
      what satisfies never;
  }
}

function closeSentence({ quiet }: Alert): string {
  const over = 'Closed it: it is over, by what its sender says.';
  return quiet === 'held' ? `${over} Nobody had been asked: it was still held.` : over;
}

/** Decided about first, so that later stages hear of it as it shall be treated; declared last, so that nobody is paged twice. */
async function tellOpened(ctx: Ctx, opened: Alert): Promise<void> {
  const routed = await routeAlert(ctx, opened);
  if (routed.would !== null) return await ctx.publish(alertShadowed, { alert: routed.alert, would: routed.would });
  const { declare, routeName } = routed;
  const { alert, tell } = await groupAlert(ctx, routed.alert, routed.group, routeName);
  await ctx.publish(alertOpened, { alert });
  await tell();
  await quietenDownstream(ctx, alert);
  if (declare && alert.quiet === null) await ctx.publish(alertDeclares, { alert, ...declare, routeName });
}

async function tellRaised(ctx: Ctx, told: Alert, raisedFrom: SignalSeverity | null): Promise<void> {
  const from = raisedFrom === null ? '' : `, from ${raisedFrom}`;
  await writeEntry(ctx, { alertId: told.id, kind: 'raised', text: `It is ${told.severity} now${from}.` });
  const reopened = outgrewAnswer(told, raisedFrom);
  const raised = reopened ? await reopenLocked(ctx, told, 'graver') : told;
  const routed = await routeAlert(ctx, raised);
  if (routed.would !== null) return await ctx.publish(alertShadowed, { alert: routed.alert, would: routed.would });
  const { declare, routeName } = routed;
  const { alert, tell } = await groupAlert(ctx, routed.alert, routed.group, routeName);
  if (reopened && alert.quiet === null) await ctx.publish(alertReturned, { alert, why: 'graver' });
  else await ctx.publish(alertRecurred, { alert, raisedFrom });
  await tell();
  await quietenDownstream(ctx, alert);
  if (declare && alert.incidentId === null && alert.quiet === null)
    await ctx.publish(alertDeclares, { alert, ...declare, routeName });
}

/**
 * Tells later stages of alerts that the intake wrote. It is apart from that write, so that a fault in paging can never
 * cost a signal; what one alert cannot get through waits for the next sweep and holds up no other.
 */
async function announceAlerts(system: System): Promise<void> {
  for (const workspaceId of await selectWaitingWorkspaces(system.database, system.clock.now())) {
    await announceWorkspace(system, { actor: systemActor('intake'), workspaceId });
  }
}

async function announceWorkspace(system: System, who: Who): Promise<void> {
  let after = '';
  for (let limit = AT_ONCE; ;) {
    let taken: Unannounced[] = [];
    try {
      await system.transact(who, async (ctx) => {
        taken = await takeUnannounced(ctx, after, limit);
        for (const one of taken) await announce(ctx, one);
      });
    } catch (error) {
      if (limit > 1) {
        limit = 1;
        continue;
      }
      system.log.error({ alertId: taken[0]?.alert.id, err: String(error) }, 'alert could not be told to later stages');
    }
    const last = taken.at(-1);
    if (!last || (taken.length < limit && limit > 1)) return;
    after = last.alert.id;
  }
}

export const announceRule: Rule = { name: 'alert.announce', run: announceAlerts };

/** Announces at once in workspaces where something was written, one run at a time; a call during a run leads to one more. */
export function createAnnouncer(system: System): (workspaceIds: Iterable<string>) => void {
  let running = false;
  const waiting = new Set<string>();
  const run = async () => {
    running = true;
    try {
      for (const workspaceId of waiting) {
        waiting.delete(workspaceId);
        await announceWorkspace(system, { actor: systemActor('intake'), workspaceId });
      }
    } catch (error) {
      system.log.warn({ err: String(error) }, 'alerts wait for the next sweep to be told');
    } finally {
      running = false;
    }
  };
  return (workspaceIds) => {
    for (const id of workspaceIds) waiting.add(id);
    if (!running) void run();
  };
}
