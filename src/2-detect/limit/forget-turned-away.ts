import { DAY_MS } from '#kernel/duration.ts';
import type { Rule } from '#platform/rule.ts';
import { deleteTurnedAwayBefore } from './store.ts';

const REMEMBERED_MS = 30 * DAY_MS;

/** Forgets what sources were not allowed to send more than 30 days ago. */
export const forgetTurnedAwayRule: Rule = {
  name: 'turned-away.forget',
  run: (system, now) => deleteTurnedAwayBefore(system.database, new Date(now.getTime() - REMEMBERED_MS)),
};
