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

export type { AlertReason } from './contract.ts';

/** A deduplicated claim that something is wrong. */
export type Alert = {
  readonly id: string;
  readonly title: string;
  readonly dedupKey: string;
  readonly severity: SignalSeverity;
  readonly state: AlertState;
  readonly source: AlertOrigin;
  readonly alertSourceId: string | null;
  readonly alertSourceName: string | null;
  readonly monitorId: string | null;
  readonly serviceId: string | null;
  readonly incidentId: string | null;
  readonly disposition: Disposition | null;
  readonly drill: boolean;
  readonly count: number;
  readonly beganAt: Date;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Date | null;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly closeReason: CloseReason | null;
  readonly snoozedUntil: Date | null;
  readonly assigneeId: string | null;
  readonly policyId: string | null;
  readonly urgency: AlertUrgency | null;
  readonly routeId: string | null;
  /** Why it is where it is; null = nothing was decided about it. */
  readonly reasons: readonly AlertReason[] | null;
  readonly quiet: AlertQuiet | null;
  readonly quietUntil: Date | null;
  readonly muteId: string | null;
  readonly quietBy: string | null;
  readonly groupId: string | null;
  readonly lookDueAt: Date | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly url: string | null;
  readonly evidence: Readonly<Record<string, unknown>> | null;
  readonly promptDueAt: Date | null;
  readonly suspectDueAt: Date | null;
  readonly promptedAt: Date | null;
  /** Why it is in its incident, when no person put it there: `Nobody decided …`. */
  readonly joinedWhy: string | null;
};

const RANK: Record<SignalSeverity, number> = { info: 0, warning: 1, error: 2, critical: 3 };

/** The graver of two signal severities. */
export function graver(a: SignalSeverity, b: SignalSeverity): SignalSeverity {
  return RANK[a] >= RANK[b] ? a : b;
}

/** Whether `to` is graver than `from`. */
export function isGraver(to: SignalSeverity, from: SignalSeverity): boolean {
  return RANK[to] > RANK[from];
}

/** Critical and error page at once; warning and info can wait for somebody to look. */
export function pagesAtOnce(severity: SignalSeverity): boolean {
  return RANK[severity] >= RANK.error;
}

/** Whether an alert pages, and how urgently: as somebody or a route has decided, else by its severity. */
export function urgencyOf(alert: Pick<Alert, 'urgency' | 'severity' | 'quiet'>): AlertUrgency {
  if (alert.quiet !== null) return 'none';
  return alert.urgency ?? (pagesAtOnce(alert.severity) ? 'high' : 'none');
}

/**
 * Whether an answer to an alert holds no longer, since it has got graver: what was put off, and what was answered as
 * something that pages nobody by itself. Whoever acknowledged what pages at once is on it already.
 */
export function outgrewAnswer(
  alert: Pick<Alert, 'state' | 'severity' | 'urgency' | 'incidentId' | 'snoozedUntil'>,
  raisedFrom: SignalSeverity | null,
): boolean {
  if (alert.incidentId !== null || alert.state === 'closed') return false;
  if (alert.snoozedUntil !== null) return true;
  const wasQuiet = raisedFrom !== null && !pagesAtOnce(raisedFrom) && alert.urgency !== 'high';
  return alert.state === 'acknowledged' && wasQuiet && pagesAtOnce(alert.severity);
}

/** A critical alert that nobody declares or dismisses asks for it after this long, and becomes a suspected incident after that. */
export const PROMPT_AFTER_SECONDS = 300;
export const SUSPECT_AFTER_SECONDS = 900;

export type AlertRefusal = { readonly ok: false; readonly message: string };
type Allowed = { readonly ok: true; readonly changes: boolean };

/** Whether an alert can be acknowledged; a second acknowledgement is allowed and changes nothing. */
export function mayAcknowledge(alert: Pick<Alert, 'state' | 'closeReason'>): Allowed | AlertRefusal {
  if (alert.state === 'closed')
    return {
      ok: false,
      message: `This alert is closed already (${alert.closeReason ?? 'closed'}). There is nothing to acknowledge.`,
    };
  return { ok: true, changes: alert.state === 'open' };
}

/** Whether an alert can be given to somebody, escalated or the like: not once it is closed. */
function mayAct(alert: Pick<Alert, 'state' | 'closeReason'>): Allowed | AlertRefusal {
  if (alert.state !== 'closed') return { ok: true, changes: true };
  return { ok: false, message: `This alert is closed already (${alert.closeReason ?? 'closed'}).` };
}

/** Whether an alert's own paging can be put off or begun anew: inside an incident, the incident pages. */
export function mayPageAnew(
  alert: Pick<Alert, 'state' | 'closeReason' | 'incidentId' | 'quiet'>,
): Allowed | AlertRefusal {
  if (alert.quiet === 'shadow')
    return {
      ok: false,
      message:
        'Its source was in shadow when it came, so nobody is paged for it. Declare it, or page somebody by hand.',
    };
  if (alert.incidentId !== null)
    return {
      ok: false,
      message: 'This alert belongs to an incident, which pages for it. Act on the incident instead.',
    };
  return mayAct(alert);
}

/** Whether an acknowledgement can be taken back. */
export function mayUnacknowledge(alert: Pick<Alert, 'state' | 'closeReason' | 'incidentId'>): Allowed | AlertRefusal {
  const may = mayPageAnew({ ...alert, quiet: null });
  return may.ok ? { ok: true, changes: alert.state === 'acknowledged' } : may;
}

/** Whether an alert can be called "not an incident". */
export function mayDismiss(alert: Pick<Alert, 'state' | 'incidentId' | 'disposition'>): Allowed | AlertRefusal {
  if (alert.incidentId !== null)
    return { ok: false, message: 'This alert belongs to an incident. Decline the incident as a false alarm instead.' };
  return { ok: true, changes: alert.disposition !== 'dismissed' };
}

/** Critical, not closed, neither declared nor dismissed, and not kept quiet for good. */
export function isUndeclared(
  alert: Pick<Alert, 'state' | 'severity' | 'incidentId' | 'disposition' | 'quiet'>,
): boolean {
  return (
    (alert.quiet === null || alert.quiet === 'held') &&
    alert.state !== 'closed' &&
    alert.severity === 'critical' &&
    alert.incidentId === null &&
    alert.disposition === null
  );
}
