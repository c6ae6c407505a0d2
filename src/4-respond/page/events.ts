import { defineEvent } from '#platform/events.ts';
import type { Page } from './page.ts';

/** A page exists; its first step begins in the same transaction unless it is held for business hours. */
export const pageStarted = defineEvent<{ page: Page }>('page.started');
export const pageAcknowledged = defineEvent<{ page: Page; userId: string }>('page.acknowledged');
