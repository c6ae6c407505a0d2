import { defineEvent } from '#platform/events.ts';
import type { Incident } from '#declare';

/** Everybody may go: pages and timers of the incident end. */
export const stoodDown = defineEvent<{ incident: Incident; postmortemOwnerId: string | null }>('incident.stood-down');
/** Every linked alert has recovered; somebody is offered to resolve. */
export const recoveryProposed = defineEvent<{ incident: Incident }>('incident.recovery-proposed');
