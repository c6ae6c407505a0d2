import { DAY_MS } from '#kernel/duration.ts';
import type { Rule } from '#platform/rule.ts';
import { deleteReceivedBefore } from './store.ts';

const REMEMBERED_MS = 30 * DAY_MS;

/** Forgets what sources were sent more than 30 days ago; the alerts that came of it stay. */
export const forgetReceivedRule: Rule = {
  name: 'received.forget',
  run: (system, now) => deleteReceivedBefore(system.database, new Date(now.getTime() - REMEMBERED_MS)),
};
