import { type ProbeTurned, probeTurned } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import type { NewSignal } from '../signal/signal.ts';
import { fireSignal, resolveSignal } from './own-signal.ts';

/** A silent probe is an alert of its own: what it watched is unknown, which by itself asks nobody. */
export const hearProbe = on(probeTurned, async (ctx, probe) => {
  if (probe.lost) await fireSignal(ctx, signalOf(ctx, probe));
  else await resolveSignal(ctx, signalOf(ctx, probe), 'recovered');
});

function signalOf(ctx: Ctx, { probeId, name, locationName, lost }: ProbeTurned): NewSignal {
  return {
    workspaceId: ctx.workspaceId,
    scope: 'probe',
    dedupKey: `probe:${probeId}`,
    status: lost ? 'firing' : 'resolved',
    severity: lost ? 'error' : 'info',
    title: lost ? `Probe ${name} in ${locationName} is lost` : `Probe ${name} in ${locationName} reports again`,
    origin: 'monitor',
    alertSourceId: null,
    alertSourceName: null,
    monitorId: null,
    serviceId: null,
    drill: false,
    source: locationName,
    labels: JSON.stringify({ probe: name, location: locationName }),
    url: null,
    evidence: null,
    payload: JSON.stringify({ probeId, locationName, lost }),
    beganAt: ctx.now,
    receivedAt: ctx.now,
  };
}
