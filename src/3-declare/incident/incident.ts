import type { IncidentRole } from '../role/contract.ts';
import type { Severity } from '../severity/contract.ts';
import type { IncidentKind, IncidentState } from './contract.ts';

export type ImpactInterval = { readonly startedAt: Date; readonly endedAt: Date | null };

/** A declared disruption, as its events tell it. */
export type Incident = {
  readonly id: string;
  readonly workspaceId: string;
  readonly number: number;
  readonly reference: string;
  readonly title: string;
  readonly state: IncidentState;
  readonly severity: Severity;
  readonly severityConfirmed: boolean;
  readonly severityPolicyVersion: number;
  readonly kind: IncidentKind;
  readonly automatic: boolean;
  readonly customerFacing: boolean;
  readonly serviceIds: readonly string[];
  readonly impactStartedAt: Date;
  readonly detectedAt: Date;
  readonly declaredAt: Date;
  readonly declaredBy: string | null;
  readonly acceptedAt: Date | null;
  readonly mitigatedAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly closedAt: Date | null;
  readonly declinedAt: Date | null;
  readonly declineReason: string | null;
  readonly standDownAt: Date | null;
  readonly postmortemOwnerId: string | null;
  readonly recoveryProposedAt: Date | null;
  readonly reopenedCount: number;
  readonly impact: readonly ImpactInterval[];
  readonly roles: Readonly<Partial<Record<IncidentRole, string>>>;
  /** When each role was taken. */
  readonly rolesSince: Readonly<Partial<Record<IncidentRole, Date>>>;
  /** A person has done something to it; Allclear then resolves nothing by itself. */
  readonly touched: boolean;
  readonly seq: number;
};
