import type { ColumnType, Generated } from 'kysely';
import type {
  AlertOrigin,
  AlertQuiet,
  AlertReason,
  AlertState,
  AlertUrgency,
  CloseReason,
  Disposition,
  SignalSeverity,
} from './contract.ts';

export type Announcement = 'opened' | 'raised' | 'closed';

export type AlertTables = {
  alert: {
    workspaceId: string;
    id: string;
    scope: string;
    dedupKey: string;
    holdsKey: Generated<boolean>;
    title: string;
    severity: SignalSeverity;
    state: Generated<AlertState>;
    source: AlertOrigin;
    alertSourceId: string | null;
    alertSourceName: string | null;
    monitorId: string | null;
    serviceId: string | null;
    incidentId: string | null;
    disposition: Disposition | null;
    dismissReason: string | null;
    drill: Generated<boolean>;
    count: number;
    beganAt: Date;
    firstSeenAt: Date;
    lastSeenAt: Date;
    acknowledgedBy: string | null;
    acknowledgedAt: Date | null;
    closedAt: Date | null;
    closedBy: string | null;
    closeReason: CloseReason | null;
    snoozedUntil: Date | null;
    assigneeId: string | null;
    policyId: string | null;
    urgency: AlertUrgency | null;
    routeId: string | null;
    /** JSON text in, parsed list out. */
    reasons: ColumnType<readonly AlertReason[] | null, string | null, string | null>;
    quiet: AlertQuiet | null;
    quietUntil: Date | null;
    muteId: string | null;
    quietBy: string | null;
    groupId: string | null;
    lookDueAt: Date | null;
    asksAt: Date | null;
    labels: Generated<Record<string, string>>;
    url: string | null;
    evidence: Record<string, unknown> | null;
    announce: Announcement | null;
    raisedFrom: SignalSeverity | null;
    promptDueAt: Date | null;
    suspectDueAt: Date | null;
    promptedAt: Date | null;
    joinedWhy: string | null;
  };
};
