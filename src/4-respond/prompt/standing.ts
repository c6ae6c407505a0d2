import { type Incident, isOpen, readIncident } from '#declare';
import type { Alert } from '#detect';
import type { Ctx } from '#platform/ctx.ts';

/** What has become of the question whether an alert is an incident. */
export type Standing =
  /** Nobody has decided. */
  | { readonly is: 'asked' }
  /** It has become a suspected incident meanwhile, which is the same question. */
  | { readonly is: 'suspected'; readonly incident: Incident }
  | { readonly is: 'declared'; readonly incident: Incident }
  | { readonly is: 'ended'; readonly incident: Incident }
  | { readonly is: 'dismissed' }
  /** It was over before anybody decided. */
  | { readonly is: 'over' };

export async function readStanding(ctx: Ctx, alert: Alert): Promise<Standing> {
  if (alert.incidentId !== null) {
    const incident = await readIncident(ctx, alert.incidentId);
    if (incident.state === 'suspected') return { is: 'suspected', incident };
    return { is: isOpen(incident.state) ? 'declared' : 'ended', incident };
  }
  if (alert.disposition === 'dismissed' || alert.disposition === 'false-alarm') return { is: 'dismissed' };
  return { is: alert.state === 'closed' ? 'over' : 'asked' };
}
