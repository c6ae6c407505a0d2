import { DAY_MS } from '#kernel/duration.ts';
import type { Rule } from '#platform/rule.ts';
import { BLOCK_MS, blockStartMs, BUCKET_MS, bucketStartMs, SETTLE_MS } from './buckets.ts';
import { lockProgress, rollBlock, rollBucket, selectOldestDue, selectRolledUntil, storeProgress } from './store.ts';

const LOOK_BACK_MS = DAY_MS;

/** Makes the latency buckets whose time is over, each in a transaction of its own. Two nodes never make the same one. */
export const rollLatency: Rule = {
  name: 'monitor.roll-latency',
  async run(system, now) {
    const untilMs = bucketStartMs(now.getTime() - SETTLE_MS);
    const known = await selectRolledUntil(system.database);
    if (known && known.getTime() >= untilMs) return;
    const initial = new Date(untilMs - LOOK_BACK_MS);
    for (let more = true; more;) {
      more = await system.database.transaction().execute(async (transaction) => {
        const from = await lockProgress(transaction, initial);
        if (!from || from.getTime() >= untilMs) return false;
        // After a pause of ours there is nothing to make: go straight to the next check.
        const oldest = await selectOldestDue(transaction, from);
        const start = oldest ? bucketStartMs(oldest.getTime()) : untilMs;
        if (start < untilMs) await rollBucket(transaction, new Date(start), null);
        const next = Math.min(untilMs, start + BUCKET_MS);
        // What was passed over in between is empty.
        for (const block of new Set([blockStartMs(from.getTime()), blockStartMs(start)]))
          if (block + BLOCK_MS <= next) await rollBlock(transaction, new Date(block), null);
        await storeProgress(transaction, new Date(next));
        return true;
      });
    }
  },
};
