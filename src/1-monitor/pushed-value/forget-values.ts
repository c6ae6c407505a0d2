import { DAY_MS } from '#kernel/duration.ts';
import type { Rule } from '#platform/rule.ts';
import { deleteSamplesBefore } from './sample-store.ts';

const AT_ONCE = 1_000;
const KEPT_DAYS = 90;

/** Forgets values that are too old to be of use. */
export const forgetValues: Rule = {
  name: 'monitor.forget-values',
  run: (system, now) => deleteSamplesBefore(system.database, new Date(now.getTime() - KEPT_DAYS * DAY_MS), AT_ONCE),
};
