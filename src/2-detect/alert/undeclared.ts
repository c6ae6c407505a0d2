import { addSeconds, HOUR_MS } from '#kernel/duration.ts';
import { systemActor } from '#kernel/actor.ts';
import { checkSoon, readSights } from '#monitor';
import type { Ctx, System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { findAlike } from '../suspicion/find-alike.ts';
import { touchAlert } from './acknowledge-alert.ts';
import { type Alert, isUndeclared } from './alert.ts';
import { alertUndeclared } from './events.ts';
import { readAlert } from './read-alerts.ts';
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

type Level = 'prompt' | 'suspect';

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

async function tell(system: System, workspaceId: string, level: Level) {
  for (let taken = AT_ONCE; taken === AT_ONCE;) {
    taken = await system.transact({ actor: systemActor('radar'), workspaceId }, async (ctx) => {
      const due = await takeUndeclared(ctx, level, AT_ONCE);
      for (const { id } of due) await tellOf(ctx, id, level);
      return due.length;
    });
  }
}

async function tellOf(ctx: Ctx, alertId: string, level: Level): Promise<void> {
  // Read again: the one before it may have taken it along.
  const alert = await readAlert(ctx, alertId);
  if (!isUndeclared(alert)) return;
  touchAlert(ctx, alert);
  const others = level === 'prompt' ? await othersToAsk(ctx, alert) : 0;
  if (others !== null) await ctx.publish(alertUndeclared, { alert, level, others });
}

/** How many are asked about with it; null when somebody was asked about one of them already, and so about this. */
async function othersToAsk(ctx: Ctx, alert: Alert): Promise<number | null> {
  const alike = await findAlike(ctx, alert);
  if (alike === null) return 0;
  const asked = await alike.asked();
  if (asked === null) return (await alike.undecided()).length;
  const text = `Whether it is an incident is asked once for “${asked.alert.title}” and for this, because ${asked.why}.`;
  await writeEntry(ctx, { alertId: alert.id, kind: 'grouped', text });
  return null;
}
