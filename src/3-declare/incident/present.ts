import type { IncidentView } from './contract.ts';
import type { Incident } from './incident.ts';

/** An incident as the API shows it. */
export function presentIncident({
  workspaceId: _w,
  rolesSince: _s,
  touched: _t,
  number: _n,
  ...incident
}: Incident): IncidentView {
  const text = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...incident,
    serviceIds: [...incident.serviceIds],
    impactStartedAt: incident.impactStartedAt.toISOString(),
    detectedAt: incident.detectedAt.toISOString(),
    declaredAt: incident.declaredAt.toISOString(),
    acceptedAt: text(incident.acceptedAt),
    mitigatedAt: text(incident.mitigatedAt),
    resolvedAt: text(incident.resolvedAt),
    closedAt: text(incident.closedAt),
    declinedAt: text(incident.declinedAt),
    standDownAt: text(incident.standDownAt),
    recoveryProposedAt: text(incident.recoveryProposedAt),
    impact: incident.impact.map(({ startedAt, endedAt }) => ({
      startedAt: startedAt.toISOString(),
      endedAt: text(endedAt),
    })),
    roles: { ...incident.roles },
  };
}
