import { audit } from '#access';
import { invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { touchMonitor } from '../monitor/change-state.ts';
import { addToldMonitor, requireService } from '../monitor/create-monitor.ts';
import { lockMonitor, updateMonitor } from '../monitor/store.ts';
import { newKeyOf } from '../sender-key/sender-key.ts';
import type { CreatePushedValueBody, EditPushedValueBody } from './contract.ts';
import { changeExpectation } from './pushed-value.ts';
import { insertPushedValue, lockPushedValues, updatePushedValue } from './store.ts';

/** Adds a monitor with a key of its own; nothing is expected before its first value. A service of its name comes along. */
export async function createPushedValue(ctx: Ctx, wanted: CreatePushedValueBody): Promise<string> {
  const { test, value: threshold, forSeconds, periodSeconds, graceSeconds } = wanted;
  const monitorId = await addToldMonitor(ctx, {
    kind: 'value',
    name: wanted.name,
    serviceId: wanted.serviceId,
    periodSeconds,
  });
  await insertPushedValue(ctx, {
    workspaceId: ctx.workspaceId,
    monitorId,
    ...newKeyOf(ctx, 'value'),
    test,
    threshold,
    forSeconds,
    periodSeconds,
    graceSeconds,
    lastValue: null,
    lastValueAt: null,
    heldAt: null,
    brokenSince: null,
    dueAt: null,
  });
  return monitorId;
}

/** Changes what must hold and how often values come. Refuses a monitor of another kind. */
export async function editPushedValue(ctx: Ctx, monitorId: string, change: EditPushedValueBody): Promise<void> {
  const [pushed] = await lockPushedValues(ctx, [monitorId]);
  const monitor = await lockMonitor(ctx, monitorId);
  if (!monitor) throw notFound('pushed value', monitorId);
  if (!pushed) throw invalid('params.id', 'takes no values; change it by /monitors');
  if (change.serviceId !== undefined) await requireService(ctx, change.serviceId);
  const { name = monitor.name, serviceId = monitor.serviceId, value: threshold = pushed.threshold } = change;
  const { test = pushed.test, forSeconds = pushed.forSeconds } = change;
  const { periodSeconds = pushed.periodSeconds, graceSeconds = pushed.graceSeconds } = change;
  const expected = { test, threshold, forSeconds, periodSeconds, graceSeconds };
  const { heldAt, brokenSince, dueAt } = changeExpectation(pushed, pushed, expected, ctx.now);
  await updateMonitor(ctx, monitorId, { name, serviceId, intervalMs: periodSeconds * 1_000 });
  await updatePushedValue(ctx, monitorId, { ...expected, heldAt, brokenSince, dueAt });
  await audit(ctx, { action: 'pushed-value.edit', subjectId: monitorId, detail: change });
  touchMonitor(ctx, monitorId);
}
