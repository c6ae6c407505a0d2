import { DAY_MS } from '#kernel/duration.ts';
import type { Rule } from '#platform/rule.ts';
import { deleteRequests } from './store.ts';

/** Forgets what became of requests after a day; whoever wants to know asks within seconds. */
export const forgetRequestsRule: Rule = {
  name: 'opsgenie.forget',
  run: (system, now) => deleteRequests(system.database, new Date(now.getTime() - DAY_MS)),
};
