import { DAY_MS } from '#kernel/duration.ts';
import type { Rule } from '#platform/rule.ts';
import { deleteOldBuckets } from '../latency/store.ts';
import { FAILURE_DAYS, LATENCY_DAYS, planPartitions } from './retention.ts';
import { deleteOldFailures, dropResultDay, ensureResultDays, selectResultDays } from './store.ts';

const FAILURES_AT_ONCE = 10_000;

/** Makes the result partitions of the days to come and drops what is over. Days change, so the work is done daily. */
export const keepPartitions: Rule = {
  name: 'monitor.keep-partitions',
  async run(system, now) {
    const { make, drop } = planPartitions(await selectResultDays(system.database), now.getTime());
    if (make.length > 0) await ensureResultDays(system.database, make);
    for (const day of drop) await dropResultDay(system.database, day);
    if (make.length === 0 && drop.length === 0) return;
    await deleteOldFailures(system.database, new Date(now.getTime() - FAILURE_DAYS * DAY_MS), FAILURES_AT_ONCE);
    await deleteOldBuckets(system.database, new Date(now.getTime() - LATENCY_DAYS * DAY_MS));
  },
};
