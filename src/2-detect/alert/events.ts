import { defineEvent } from '#platform/events.ts';
import type { Alert } from './alert.ts';
import type { CloseReason, SignalSeverity } from './contract.ts';
import type { NamedResponder } from './named-responder.ts';
import type { Would } from '../route/into-shadow.ts';

export const alertOpened = defineEvent<{ alert: Alert }>('alert.opened');
/** Another signal for an alert that is not closed. `raisedFrom` is set when it made the alert graver. */
export const alertRecurred = defineEvent<{ alert: Alert; raisedFrom: SignalSeverity | null }>('alert.recurred');
export const alertAcknowledged = defineEvent<{ alert: Alert; userId: string }>('alert.acknowledged');
/** Its sender says that somebody there is on it; nobody here is named. */
export const alertAcknowledgedElsewhere = defineEvent<{ alert: Alert; sender: string }>('alert.acknowledged-elsewhere');
export const alertClosed = defineEvent<{ alert: Alert; reason: CloseReason }>('alert.closed');
/**
 * A critical alert that is neither declared nor dismissed: after 5 minutes `prompt`, after 15 `suspect`. What is like it
 * and waits as well is told of once; `others` says how many these are.
 */
export const alertUndeclared = defineEvent<{ alert: Alert; level: 'prompt' | 'suspect'; others: number }>(
  'alert.undeclared',
);

/** Why an alert asks again. */
export type ReturnReason =
  | 'unacknowledged'
  | 'snooze-over'
  | 'graver'
  | 'reassigned'
  | 'hold-over'
  | 'storm'
  | 'mute-over'
  | 'maintenance-over'
  | 'upstream-over'
  | 'nobody-looked';
/** An alert that somebody had dealt with for the time being is open again, and pages from the beginning. */
export const alertReturned = defineEvent<{ alert: Alert; why: ReturnReason }>('alert.returned');
/** Somebody wants the next people to be asked now. Refused by a later stage when there is nobody left to ask. */
export const alertEscalated = defineEvent<{ alert: Alert }>('alert.escalated');

/** The sender of an alert wants others asked as well, now; the alert still names only those whom it named before. */
export const alertAsksFor = defineEvent<{ alert: Alert; responders: readonly NamedResponder[] }>('alert.asks-for');

/** An alert that is not closed asks nobody from now on. */
export const alertQuieted = defineEvent<{ alert: Alert; why: 'muted' | 'grouped' | 'upstream' }>('alert.quieted');
/** A route says that it is an incident; later stages page for the alert first, so that nobody is paged twice. */
export const alertDeclares = defineEvent<{
  alert: Alert;
  state: 'suspected' | 'active';
  severity: 'SEV1' | 'SEV2' | 'SEV3' | 'SEV4' | null;
  routeName: string;
}>('alert.declares');

/** An alert of a source in shadow opened or got graver: it asks nobody, and this is what would have become of it. */
export const alertShadowed = defineEvent<{ alert: Alert; would: Would }>('alert.shadowed');

/** A new alert belongs to a group whose lead is in an incident already. */
export const alertJoined = defineEvent<{ alert: Alert; incidentId: string }>('alert.joined');
/** The lead of a group is over, and another alert asks for the group; told before the closing. */
export const alertLedOn = defineEvent<{ from: Alert; to: Alert }>('alert.led-on');
