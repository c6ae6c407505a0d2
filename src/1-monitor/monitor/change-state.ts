import type { Ctx } from '#platform/ctx.ts';
import { monitorStateChanged } from '../events.ts';
import type { Evidence } from '../result/contract.ts';
import { replaceOpenInterval } from '../state-interval/store.ts';
import type { MonitorState } from '../verdict/contract.ts';
import type { MonitorRecord } from './store.ts';

export type StateChange = {
  readonly from: MonitorState;
  readonly to: MonitorState;
  readonly at: Date;
  readonly previousSince: Date;
  readonly evidence: Evidence | null;
  readonly drill: boolean;
};

/** The one path by which any change of state, a drill's too, becomes an interval, an event and news on the screen. */
export async function tellStateChange(ctx: Ctx, monitor: MonitorRecord, change: StateChange): Promise<void> {
  const next = change.drill && change.to !== 'down' ? null : change.to;
  await replaceOpenInterval(ctx, { monitorId: monitor.id, at: change.at, next, drill: change.drill });
  await ctx.publish(monitorStateChanged, {
    monitorId: monitor.id,
    monitorName: monitor.name,
    monitorKind: monitor.kind,
    serviceId: monitor.serviceId,
    ...change,
  });
  touchMonitor(ctx, monitor.id);
}

/** Tells open dashboards, and the programs that check. */
export function touchMonitor(ctx: Ctx, monitorId: string): void {
  ctx.touch('monitors');
  ctx.touch(`monitor:${monitorId}`);
}
