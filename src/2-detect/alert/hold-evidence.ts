import { holdArtefacts } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from './alert.ts';

type Held = Pick<Alert, 'id' | 'state' | 'monitorId' | 'incidentId' | 'evidence'>;

/**
 * Keeps the picture and the trace that an alert shows while it is open, and for good while it belongs to an incident.
 * To be called after every change of either; alerts whose check left nothing behind cost nothing.
 */
export async function holdEvidence(ctx: Ctx, alert: Held): Promise<void> {
  const artefactId = artefactOf(alert);
  if (artefactId === null) return;
  const needed = alert.state !== 'closed' || alert.incidentId !== null;
  await holdArtefacts(ctx, alert.id, needed ? artefactId : null);
}

/** Only a check of ours leaves one; what others send may call anything an artefact. */
function artefactOf({ monitorId, evidence }: Held): string | null {
  const artefacts = monitorId === null ? undefined : evidence?.['artefacts'];
  if (typeof artefacts !== 'object' || artefacts === null || !('id' in artefacts)) return null;
  return typeof artefacts.id === 'string' ? artefacts.id : null;
}
