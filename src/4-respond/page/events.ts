import { defineEvent } from '#platform/events.ts';
import type { Page } from './page.ts';

/** A page exists; its first step begins in the same transaction unless it is held for business hours. */
export const pageStarted = defineEvent<{ page: Page }>('page.started');
/** A page is over, with why in its `stopReason`. */
export const pageStopped = defineEvent<{ page: Page }>('page.stopped');
export const pageAcknowledged = defineEvent<{ page: Page; userId: string }>('page.acknowledged');
