import { sloBurnChanged } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { inRounds, type NewSignal } from '../signal/signal.ts';
import { writeFiring, writeResolved } from '../signal/store.ts';
import { announce } from './announce-alerts.ts';
import { takeUnannouncedAlert } from './store.ts';

type BurnChange = NonNullable<typeof sloBurnChanged.payload>;

/** Turns a budget that burns too fast into an alert, one for each severity, in the transaction in which it was found. */
export const hearSlo = on(sloBurnChanged, async (ctx, change) => {
  const groups = inRounds([signalOf(ctx, change)])[0] ?? [];
  const [written] =
    change.state === 'burning'
      ? await writeFiring(ctx.transaction, groups)
      : await writeResolved(ctx.transaction, groups, change.state === 'calm' ? 'recovered' : 'by-hand');
  if (!written?.alertId) return;
  const told = await takeUnannouncedAlert(ctx, written.alertId);
  if (told) await announce(ctx, told);
});

function signalOf(ctx: Ctx, change: BurnChange): NewSignal {
  return {
    workspaceId: ctx.workspaceId,
    scope: 'slo',
    dedupKey: `slo:${change.sloId}:${change.severity}`,
    status: change.state === 'burning' ? 'firing' : 'resolved',
    severity: change.state === 'burning' ? change.severity : 'info',
    title: `${change.sloName} ${change.words}`,
    origin: 'slo',
    alertSourceId: null,
    alertSourceName: null,
    monitorId: null,
    serviceId: change.serviceId,
    drill: false,
    source: change.sloName,
    labels: JSON.stringify({ slo: change.sloName }),
    url: `${ctx.publicUrl}/slos/${change.sloId}`,
    evidence: null,
    payload: JSON.stringify({ state: change.state, severity: change.severity, ...change.figures, at: change.at }),
    beganAt: change.at,
    receivedAt: ctx.now,
  };
}
