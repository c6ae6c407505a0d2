import { assert, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { isAsked } from '../kind/kinds.ts';
import { type Detection, worstCaseDetectionSeconds as worstCase } from './detection.ts';
import { type MonitorRecord, selectMonitor, selectMonitors } from './store.ts';

export type { MonitorRecord } from './store.ts';

/** A monitor or heartbeat, archived ones included; refuses what is not in the workspace. */
export async function readMonitor(ctx: Ctx, monitorId: string): Promise<MonitorRecord> {
  const row = await selectMonitor(ctx, monitorId);
  if (!row) throw notFound('monitor', monitorId);
  return row;
}

/** The same, archived ones refused as if they were not there. */
export async function readPresentMonitor(ctx: Ctx, monitorId: string): Promise<MonitorRecord> {
  const row = await readMonitor(ctx, monitorId);
  if (row.archivedAt) throw notFound('monitor', monitorId);
  return row;
}

/** The named monitors, archived ones included, by name; unknown ids are left out. */
export function readMonitors(ctx: Ctx, monitorIds: readonly string[]): Promise<MonitorRecord[]> {
  return selectMonitors(ctx, monitorIds);
}

/** From the moment its target breaks until we say so, at most. */
export function worstCaseDetectionSeconds(monitor: MonitorRecord): number {
  return worstCase(detectionOf(monitor));
}

function detectionOf(monitor: MonitorRecord): Detection {
  if (isAsked(monitor.kind)) return { ...monitor, kind: 'asked', failures: monitor.confirmFailures };
  const { periodSeconds, graceSeconds } = monitor;
  assert(periodSeconds !== null && graceSeconds !== null, `${monitor.kind} ${monitor.id} has no period`);
  return { kind: 'told', periodSeconds, graceSeconds, forSeconds: monitor.forSeconds ?? 0 };
}
