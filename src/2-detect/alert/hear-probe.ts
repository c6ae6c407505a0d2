import { type ProbeTurned, probeTurned } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import type { NewSignal } from '../signal/signal.ts';
import { fireSignal, ownSignal, resolveSignal } from './own-signal.ts';

/** A silent probe is an alert of its own: what it watched is unknown, which by itself asks nobody. */
export const hearProbe = on(probeTurned, async (ctx, probe) => {
  if (probe.lost) await fireSignal(ctx, signalOf(ctx, probe));
  else await resolveSignal(ctx, signalOf(ctx, probe), 'recovered');
});

function signalOf(ctx: Ctx, { probeId, name, locationName, lost }: ProbeTurned): NewSignal {
  return ownSignal(ctx, {
    scope: 'probe',
    dedupKey: `probe:${probeId}`,
    severity: lost ? 'error' : null,
    title: lost ? `Probe ${name} in ${locationName} is lost` : `Probe ${name} in ${locationName} reports again`,
    source: locationName,
    labels: { probe: name, location: locationName },
    payload: { probeId, locationName, lost },
  });
}
