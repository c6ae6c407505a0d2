import { DAY_MS } from '#kernel/duration.ts';
import type { Rule } from '#platform/rule.ts';
import { KEPT_DAYS } from './beat-record.ts';
import { deleteBeatsBefore } from './beat-store.ts';

const AT_ONCE = 1_000;

/** Forgets beats that are too old to be of use. */
export const forgetBeats: Rule = {
  name: 'monitor.forget-beats',
  run: (system, now) => deleteBeatsBefore(system.database, new Date(now.getTime() - KEPT_DAYS * DAY_MS), AT_ONCE),
};
