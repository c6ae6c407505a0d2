import { systemActor } from '#kernel/actor.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { defineJob, work } from '#platform/jobs.ts';
import { isAskedHere } from '../vantage/streams.ts';
import { selectMonitor } from './store.ts';
import { checkMonitorNow } from './test-monitor.ts';

type MonitorRef = { readonly workspaceId: string; readonly monitorId: string };

/** Whoever needs the check asks again, so a lost one is not repeated. */
const checkJob = defineJob<MonitorRef>('monitor.check', { retryLimit: 0, expireSeconds: 120, concurrency: 32 });

const running = new WeakMap<System, Set<string>>();

/** Asks for a check of each of some monitors as soon as this transaction commits, beside their schedules. */
export async function checkSoon(ctx: Ctx, monitorIds: readonly string[]): Promise<void> {
  for (const monitorId of monitorIds) await ctx.send(checkJob, { workspaceId: ctx.workspaceId, monitorId });
}

/** One check at a time of a monitor, however many have asked for it. */
export const checkAskedFor = work(checkJob, async (system, { workspaceId, monitorId }) => {
  const busy = running.get(system) ?? new Set();
  running.set(system, busy);
  if (busy.has(monitorId)) return;
  busy.add(monitorId);
  try {
    const ctx = system.read({ actor: systemActor('monitor'), workspaceId });
    const monitor = await selectMonitor(ctx, monitorId);
    if (!monitor || monitor.url === null || monitor.archivedAt || monitor.state === 'paused') return;
    if (!(await isAskedHere(ctx, monitorId))) return;
    await checkMonitorNow(ctx, monitorId, system);
  } finally {
    busy.delete(monitorId);
  }
});
