export type { EffectState, IncidentKind, IncidentState } from './incident/contract.ts';
export type { ImpactInterval, Incident } from './incident/incident.ts';
export type { IncidentRole } from './role/contract.ts';
export { type PromiseKind, type PromiseState, promiseWords } from './promise/contract.ts';
export type { PromiseLevel, PromiseRow } from './promise/promise.ts';
export type { EntryType, Visibility } from './timeline/contract.ts';
export { isLate, type TimelineEntry } from './timeline/entry.ts';
export type { Severity, SeverityLevel } from './severity/contract.ts';
export { isRaised, levelIn, type Opening, type SeverityPolicy } from './severity/severity.ts';
export {
  incidentAccepted,
  incidentDeclared,
  incidentEdited,
  incidentStateChanged,
  promiseDue,
  roleChanged,
  severityChanged,
  timelineAppended,
} from './events.ts';
export { apply, type AppliedEntry } from './incident/apply.ts';
export { isOpen } from './incident/lifecycle.ts';
export { presentIncident } from './incident/present.ts';
export { acceptIncident, type Acceptance } from './incident/accept-incident.ts';
export { changeSeverity } from './incident/change-severity.ts';
export { changeState, type StateMove } from './incident/change-state.ts';
export { type Declaration, declareIncident } from './incident/declare-incident.ts';
export { declineIncident } from './incident/decline-incident.ts';
export { type Effect, listEffects, recordEffect } from './incident/effects.ts';
export { incidentsOfServices } from './incident/incidents-of-services.ts';
export { type IncidentFilter, listIncidents, readIncident } from './incident/read-incident.ts';
export { rebuildIncident } from './incident/rebuild-incident.ts';
export { proposeRecovery, recordStandDown } from './incident/stand-down.ts';
export { listPromises, type PromiseFilter } from './promise/list-promises.ts';
export {
  keepPromise,
  type NewPromise,
  openPromise,
  type PromiseSubject,
  waivePromise,
} from './promise/open-promise.ts';
export { assignRole, holderOf, releaseRole } from './role/assign-role.ts';
export { remindChain } from './role/remind-chain.ts';
export type { Proposal } from './severity/proposal.ts';
export { proposeSeverity } from './severity/propose-severity.ts';
export { levelOf, readSeverityPolicy } from './severity/read-policy.ts';
export { appendEntry, type NewEntry, readWholeTimeline } from './timeline/append-entry.ts';
