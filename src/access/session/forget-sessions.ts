import type { Rule } from '#platform/rule.ts';
import { deleteExpiredSessions } from './store.ts';

/** Rows of sessions that ended by themselves are of no use to anybody. */
export const forgetSessions: Rule = {
  name: 'session.forget',
  run: (system, now) => deleteExpiredSessions(system.database, now),
};
