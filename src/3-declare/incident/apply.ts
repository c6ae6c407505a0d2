import type { TimelineEntry } from '../timeline/entry.ts';
import type { Incident, ImpactInterval } from './incident.ts';
import { changeOf, type Facts, type IncidentChange } from './incident-event.ts';

/** What `apply` reads of a stored entry. */
export type AppliedEntry = Pick<
  TimelineEntry,
  'incidentId' | 'seq' | 'type' | 'text' | 'data' | 'actorUserId' | 'occurredAt'
> & {
  readonly workspaceId: string;
};

/**
 * The incident after one more entry of its timeline: the only way its projection changes. Total for every entry that a
 * verb may write; whether a verb may write it is decided by `lifecycle.ts`.
 */
export function apply(state: Incident | null, entry: AppliedEntry): Incident {
  const change = changeOf(entry);
  if (state === null) {
    if (change?.type !== 'declared') throw new Error(`Invariant broken: ${entry.incidentId} begins with ${entry.type}`);
    return declared(entry, change.data);
  }
  if (entry.seq !== state.seq + 1)
    throw new Error(`Invariant broken: ${entry.incidentId} has entry ${entry.seq} after ${state.seq}`);
  const next = change === null ? state : changed(state, change, entry.occurredAt);
  return { ...next, seq: entry.seq, touched: next.touched || entry.actorUserId !== null };
}

function declared(entry: AppliedEntry, facts: Facts<'declared'>): Incident {
  const at = entry.occurredAt;
  const impactStartedAt = new Date(facts.impactStartedAt);
  return {
    id: entry.incidentId,
    workspaceId: entry.workspaceId,
    number: facts.number,
    reference: referenceOf(facts.number),
    title: facts.title,
    state: facts.suspected ? 'suspected' : 'active',
    severity: facts.severity,
    severityConfirmed: facts.severityConfirmed,
    severityPolicyVersion: facts.severityPolicyVersion,
    kind: facts.kind,
    automatic: facts.automatic,
    customerFacing: facts.customerFacing,
    serviceIds: facts.serviceIds,
    impactStartedAt,
    detectedAt: new Date(facts.detectedAt),
    declaredAt: at,
    declaredBy: entry.actorUserId,
    acceptedAt: facts.suspected ? null : at,
    mitigatedAt: null,
    resolvedAt: null,
    closedAt: null,
    declinedAt: null,
    declineReason: null,
    standDownAt: null,
    postmortemOwnerId: null,
    recoveryProposedAt: null,
    reopenedCount: 0,
    impact: [{ startedAt: impactStartedAt, endedAt: null }],
    roles: {},
    rolesSince: {},
    touched: entry.actorUserId !== null,
    seq: entry.seq,
  };
}

/** INC-7 */
export function referenceOf(number: number): string {
  return `INC-${number}`;
}

function changed(state: Incident, change: IncidentChange, at: Date): Incident {
  switch (change.type) {
    case 'declared':
      throw new Error(`Invariant broken: ${state.id} was declared twice`);
    case 'accepted':
      return { ...state, ...change.data, state: 'active', acceptedAt: at };
    case 'declined':
      return {
        ...state,
        state: 'declined',
        declinedAt: at,
        declineReason: change.data.reason,
        impact: endImpact(state, at),
        roles: {},
        rolesSince: {},
      };
    case 'mitigated':
      return { ...state, state: 'mitigated', mitigatedAt: at, impact: endImpact(state, at) };
    case 'resolved':
      return {
        ...state,
        state: 'resolved',
        mitigatedAt: state.mitigatedAt ?? at,
        resolvedAt: at,
        impact: endImpact(state, at),
      };
    case 'reopened':
      return reopened(state, at);
    case 'stood-down':
      return { ...state, standDownAt: at, postmortemOwnerId: change.data.postmortemOwnerId, roles: {}, rolesSince: {} };
    case 'closed':
      return { ...state, state: 'closed', closedAt: at };
    case 'severity':
      return { ...state, severity: change.data.to, severityConfirmed: true };
    case 'role':
      return withRole(state, change.data, at);
    case 'alerts':
      return withAlerts(state, change.data);
    case 'edited':
      return edited(state, change.data);
    case 'recovery':
      return { ...state, recoveryProposedAt: at };
    default:
      return change satisfies never;
  }
}

/** The same incident again: everything after mitigation is undone, and a new stretch of impact begins. */
function reopened(state: Incident, at: Date): Incident {
  return {
    ...state,
    state: 'active',
    mitigatedAt: null,
    resolvedAt: null,
    closedAt: null,
    standDownAt: null,
    recoveryProposedAt: null,
    reopenedCount: state.reopenedCount + 1,
    impact: [...state.impact, { startedAt: at, endedAt: null }],
  };
}

function endImpact(state: Incident, at: Date): readonly ImpactInterval[] {
  return state.impact.map((interval) =>
    interval.endedAt === null ? { ...interval, endedAt: at < interval.startedAt ? interval.startedAt : at } : interval,
  );
}

function withRole(state: Incident, { role, userId }: Facts<'role'>, at: Date): Incident {
  const { [role]: _holder, ...roles } = state.roles;
  const { [role]: _since, ...rolesSince } = state.rolesSince;
  if (userId === null) return { ...state, roles, rolesSince };
  return { ...state, roles: { ...roles, [role]: userId }, rolesSince: { ...rolesSince, [role]: at } };
}

/** What was seen earlier moves the detection, and the start of an impact that would lie after it. */
function withAlerts(state: Incident, { serviceIds, detectedAt, impactStartedAt }: Facts<'alerts'>): Incident {
  return {
    ...state,
    ...(impactStartedAt === undefined ? {} : beginningAt(state, impactStartedAt)),
    detectedAt: detectedAt === undefined ? state.detectedAt : new Date(detectedAt),
    serviceIds: [...new Set([...state.serviceIds, ...serviceIds])],
    recoveryProposedAt: null,
  };
}

/** A corrected start of the impact moves its first stretch; it changes figures, never clocks. */
function edited(state: Incident, facts: Facts<'edited'>): Incident {
  return { ...state, ...facts, ...beginningAt(state, facts.impactStartedAt) };
}

function beginningAt(state: Incident, instant: string): Pick<Incident, 'impactStartedAt' | 'impact'> {
  const impactStartedAt = new Date(instant);
  const impact = state.impact.map((interval, i) => (i === 0 ? { ...interval, startedAt: impactStartedAt } : interval));
  return { impactStartedAt, impact };
}
