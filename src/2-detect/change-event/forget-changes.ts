import { DAY_MS } from '#kernel/duration.ts';
import type { Rule } from '#platform/rule.ts';
import { deleteChangeEventsBefore } from './store.ts';

const REMEMBERED_MS = 400 * DAY_MS;

/** Forgets changes after 400 days: a year, and the weeks in which last year is looked at. */
export const forgetChangesRule: Rule = {
  name: 'change-event.forget',
  run: (system, now) => deleteChangeEventsBefore(system.database, new Date(now.getTime() - REMEMBERED_MS)),
};
