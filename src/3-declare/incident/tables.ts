import type { IncidentRole } from '../role/contract.ts';
import type { Severity } from '../severity/contract.ts';
import type { EffectState, IncidentKind, IncidentState } from './contract.ts';

/** A json column: text in, parsed value out. */
type Json<Value> = import('kysely').ColumnType<Value, string, string>;

export type IncidentTables = {
  incidentCounter: { workspaceId: string; lastNumber: number };
  incident: {
    workspaceId: string;
    id: string;
    number: number;
    title: string;
    state: IncidentState;
    severity: Severity;
    severityConfirmed: boolean;
    severityPolicyVersion: number;
    kind: IncidentKind;
    automatic: boolean;
    customerFacing: boolean;
    serviceIds: string[];
    impactStartedAt: Date;
    detectedAt: Date;
    declaredAt: Date;
    declaredBy: string | null;
    acceptedAt: Date | null;
    mitigatedAt: Date | null;
    resolvedAt: Date | null;
    closedAt: Date | null;
    declinedAt: Date | null;
    declineReason: string | null;
    standDownAt: Date | null;
    postmortemOwnerId: string | null;
    recoveryProposedAt: Date | null;
    reopenedCount: number;
    impact: Json<{ startedAt: string; endedAt: string | null }[]>;
    roles: Json<Partial<Record<IncidentRole, { userId: string; since: string }>>>;
    touched: boolean;
    seq: number;
  };
  incidentEffect: {
    workspaceId: string;
    incidentId: string;
    effect: string;
    state: EffectState;
    detail: string;
    startedAt: Date;
    finishedAt: Date | null;
    position: number;
  };
};
