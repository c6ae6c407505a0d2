import type { Ctx } from '#platform/ctx.ts';
import type { IncidentKind, IncidentState } from './contract.ts';
import type { Incident } from './incident.ts';

/** Throws `not_found` for an incident of another workspace. */
export async function readIncident(_ctx: Ctx, _incidentId: string): Promise<Incident> {
  throw new Error('not built yet');
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

/** Incidents, newest first; at most 1,000. */
export async function listIncidents(_ctx: Ctx, _filter: IncidentFilter = {}): Promise<Incident[]> {
  throw new Error('not built yet');
}
