import { on } from '#platform/events.ts';
import { vitalTurned } from '#platform/vital.ts';
import { fireSignal, ownSignal, resolveSignal } from './own-signal.ts';

/** That our own work stalls is an alert; where it is the pager that stalls, the alert is at least seen. */
export const hearVital = on(vitalTurned, async (ctx, { name, trouble }) => {
  const signal = ownSignal(ctx, {
    scope: 'vital',
    dedupKey: `vital:${name}`,
    severity: trouble === null ? null : 'critical',
    title: trouble === null ? `Allclear’s own ${name} go on again` : `Allclear itself stalls: ${trouble}`,
    source: 'Allclear',
    labels: { vital: name },
    payload: { name, trouble },
  });
  if (trouble === null) await resolveSignal(ctx, signal, 'recovered');
  else await fireSignal(ctx, signal);
});
