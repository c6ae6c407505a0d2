import { defineEvent } from '#platform/events.ts';
import type { IncidentState } from './incident/contract.ts';
import type { Incident } from './incident/incident.ts';
import type { PromiseLevel, PromiseRow } from './promise/promise.ts';
import type { IncidentRole } from './role/contract.ts';
import type { Severity } from './severity/contract.ts';
import type { TimelineEntry } from './timeline/entry.ts';

/** `incident.state` is `suspected` or `active`; a suspected one pages its owner, and nothing is said in public yet. */
export const incidentDeclared = defineEvent<{ incident: Incident; alertIds: readonly string[] }>('incident.declared');
/** A suspected incident is one: everything that declaring does, which suspicion did not do yet, is due now. */
export const incidentAccepted = defineEvent<{ incident: Incident }>('incident.accepted');
/** Also told after `incidentAccepted` (suspected → active), and for declined (false alarm). */
export const incidentStateChanged = defineEvent<{ incident: Incident; from: IncidentState; to: IncidentState }>(
  'incident.state-changed',
);
/** Title, services or customer-facing flag changed. */
export const incidentEdited = defineEvent<{ incident: Incident; before: Incident }>('incident.edited');
/** `from === to` when an unconfirmed severity was confirmed. Raising: do what the higher level asks for beyond the lower. */
export const severityChanged = defineEvent<{ incident: Incident; from: Severity; to: Severity; reason: string }>(
  'incident.severity-changed',
);
export const roleChanged = defineEvent<{
  incidentId: string;
  role: IncidentRole;
  userId: string | null;
  previousUserId: string | null;
}>('incident.role-changed');
export const timelineAppended = defineEvent<{ incidentId: string; entry: TimelineEntry }>('incident.timeline-appended');
/** Each level of each promise at most once; a level that was overtaken by a graver one is not told. */
export const promiseDue = defineEvent<{ promise: PromiseRow; level: PromiseLevel }>('promise.due');
