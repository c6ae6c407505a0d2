import { systemActor } from '#kernel/actor.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { lockMonitor, type MonitorRecord } from '../monitor/store.ts';
import { storeVerdict } from '../monitor/store-verdict.ts';
import { selectNewestDue } from '../result/store.ts';
import {
  selectUnseenVantages,
  selectVantages,
  type UnseenVantage,
  updateVantage,
  type Vantage,
} from '../vantage/store.ts';
import { judgePlaces, sightMs } from '../vantage/judge-places.ts';
import { giveUpOn, lostSight, type Verdict } from '../verdict/verdict.ts';
import { selectUnseen } from './store.ts';

const AT_ONCE = 500;

/** Says unknown of monitors that nobody has checked for a while, and of places that have not, from the check on that did not come. */
export const loseSight: Rule = {
  name: 'monitor.lose-sight',
  async run(system, now) {
    for (const unseen of await selectUnseenVantages(system.database, now, AT_ONCE))
      await losePlace(system, unseen, now);
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

/** The other places go on judging; only with the last one gone is the monitor itself unknown. */
function losePlace(system: System, { workspaceId, monitorId, locationId }: UnseenVantage, now: Date): Promise<void> {
  return system.transact({ actor: systemActor('probe'), workspaceId }, async (ctx) => {
    const monitor = await lockMonitor(ctx, monitorId);
    if (!monitor || monitor.state === 'paused') return;
    const vantages = await selectVantages(ctx, [monitorId]);
    const own = vantages.find((one) => one.locationId === locationId);
    const lost = own === undefined ? null : await lostBy(ctx, own, monitor, now);
    if (lost === null) return;
    await updateVantage(ctx, monitorId, locationId, lost);
    const held = vantages.map((one) => (one === own ? lost : one.verdict));
    const together = judgePlaces(monitor, held);
    if (together !== monitor.verdict) await storeVerdict(ctx, monitor, together, null);
  });
}

/** What a place holds once it is given up; null when it spoke meanwhile. */
async function lostBy(ctx: Ctx, own: Vantage, monitor: MonitorRecord, now: Date): Promise<Verdict | null> {
  if (own.state === 'unknown') {
    const isLate = own.since.getTime() + sightMs(monitor) <= now.getTime();
    return own.verdict.awaited === true && isLate ? giveUpOn(own.verdict) : null;
  }
  const newest = (await selectNewestDue(ctx, [own.number], own.since)).get(own.number);
  const blindMs = Math.max(newest ?? 0, own.since.getTime()) + monitor.intervalMs;
  return blindMs > now.getTime() ? null : lostSight(own.verdict, blindMs);
}
