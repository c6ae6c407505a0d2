import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { IncidentKind, IncidentState } from './contract.ts';
import type { Incident } from './incident.ts';
import { selectIncident, selectIncidents } from './store.ts';

/** Throws `not_found` for an incident of another workspace. */
export async function readIncident(ctx: Ctx, incidentId: string): Promise<Incident> {
  const incident = await selectIncident(ctx, incidentId);
  if (!incident) throw notFound('incident', incidentId);
  return incident;
}

export type IncidentFilter = {
  readonly states?: readonly IncidentState[];
  readonly kind?: IncidentKind;
  readonly serviceId?: string;
  /** Declared at or after. */
  readonly from?: Date;
  /** Declared before. */
  readonly to?: Date;
  readonly limit?: number;
};

const MOST = 1_000;

/** Incidents, newest first; at most 1,000. */
export async function listIncidents(ctx: Ctx, filter: IncidentFilter = {}): Promise<Incident[]> {
  return await selectIncidents(ctx, { ...filter, limit: Math.min(filter.limit ?? MOST, MOST) });
}
