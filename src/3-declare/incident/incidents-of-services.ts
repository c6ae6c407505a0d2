import type { Ctx } from '#platform/ctx.ts';
import { listIncidents } from './read-incident.ts';

/** How long an incident was felt, for whoever weighs it. */
export type IncidentSpan = {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly severity: string;
  readonly startedAt: Date;
  /** Null while it lasts. */
  readonly endedAt: Date | null;
};

/** Real incidents of any of these services that overlap [from, to); not what was a false alarm. */
export async function incidentsOfServices(
  ctx: Ctx,
  serviceIds: readonly string[],
  from: Date,
  to: Date,
): Promise<IncidentSpan[]> {
  const all = await listIncidents(ctx, {
    kind: 'real',
    states: ['suspected', 'active', 'mitigated', 'resolved', 'closed'],
  });
  return all
    .map((incident) => ({ incident, endedAt: incident.resolvedAt ?? incident.closedAt }))
    .filter(({ incident }) => incident.serviceIds.some((id) => serviceIds.includes(id)))
    .filter(({ incident, endedAt }) => incident.impactStartedAt < to && (endedAt === null || endedAt > from))
    .map(({ incident: { id, reference, title, severity, impactStartedAt }, endedAt }) => ({
      id,
      reference,
      title,
      severity,
      startedAt: impactStartedAt,
      endedAt,
    }));
}
