import { monitorStateChanged } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import type { NewSignal } from '../signal/signal.ts';
import type { SignalSeverity } from './contract.ts';
import { holdEvidence } from './hold-evidence.ts';
import { fireSignal, resolveSignal } from './own-signal.ts';
import { selectAlert } from './store.ts';

type StateChange = NonNullable<typeof monitorStateChanged.payload>;

/** Turns what a monitor says into alerts, in the transaction in which it said so. */
export const hearMonitor = on(monitorStateChanged, async (ctx, change) => {
  switch (change.to) {
    case 'down':
      return await fire(ctx, change, 'critical', `${change.monitorName} is down`);
    case 'degraded':
      return await fire(ctx, change, 'warning', `${change.monitorName} is degraded`);
    case 'up':
      return await recover(ctx, change);
    case 'paused':
      return await forget(ctx, change);
    case 'unknown':
      // Our own fault says nothing about the target: neither an alert nor a recovery.
      return;
    default:
      change.to satisfies never;
  }
});

async function fire(ctx: Ctx, change: StateChange, severity: SignalSeverity, title: string) {
  await keep(ctx, change, await fireSignal(ctx, signalOf(ctx, change, 'firing', severity, title)));
}

async function recover(ctx: Ctx, change: StateChange) {
  const signal = signalOf(ctx, change, 'resolved', 'info', `${change.monitorName} is up`);
  await keep(ctx, change, await resolveSignal(ctx, signal, 'recovered'));
}

/** A monitor that somebody paused will say nothing more: its alert ends by hand and proposes no recovery. */
async function forget(ctx: Ctx, change: StateChange) {
  const signal = signalOf(ctx, change, 'resolved', 'info', `${change.monitorName} was paused`);
  await keep(ctx, change, await resolveSignal(ctx, signal, 'by-hand'));
}

/** Only a journey leaves more behind than what the alert itself holds. */
async function keep(ctx: Ctx, change: StateChange, alertId: string | null) {
  if (alertId === null || change.monitorKind !== 'journey') return;
  const alert = await selectAlert(ctx, alertId);
  if (alert) await holdEvidence(ctx, alert);
}

function signalOf(
  ctx: Ctx,
  change: StateChange,
  status: NewSignal['status'],
  severity: SignalSeverity,
  title: string,
): NewSignal {
  const evidence = change.evidence === null ? null : JSON.stringify(change.evidence);
  return {
    workspaceId: ctx.workspaceId,
    // A drill's alert stands beside a real one, and must never swallow it.
    scope: change.drill ? 'drill' : 'monitor',
    dedupKey: `monitor:${change.monitorId}`,
    status,
    severity,
    title,
    origin: change.monitorKind === 'heartbeat' ? 'heartbeat' : 'monitor',
    alertSourceId: null,
    alertSourceName: null,
    monitorId: change.monitorId,
    serviceId: change.serviceId,
    drill: change.drill,
    source: change.monitorName,
    labels: '{}',
    url: null,
    evidence,
    payload: evidence ?? JSON.stringify({ from: change.from, to: change.to, at: change.at }),
    beganAt: change.at,
    receivedAt: ctx.now,
  };
}
