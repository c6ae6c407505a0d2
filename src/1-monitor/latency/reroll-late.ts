import type { Ctx } from '#platform/ctx.ts';
import { BLOCK_MS, blockStartMs, bucketStartMs, SETTLE_MS } from './buckets.ts';
import { rollBlock, rollBucket, selectRolledUntil } from './store.ts';

/** Checks that were kept while nothing could be stored may belong to buckets and blocks that are made already: makes those anew. */
export async function rerollLate(ctx: Ctx, checks: readonly { number: number; dueAtMs: number }[]): Promise<void> {
  const late = checks.filter(({ dueAtMs }) => dueAtMs < ctx.now.getTime() - SETTLE_MS);
  if (late.length === 0) return;
  const rolledUntil = await selectRolledUntil(ctx.transaction);
  for (const [start, own] of Map.groupBy(late, ({ dueAtMs }) => bucketStartMs(dueAtMs))) {
    if (!rolledUntil || start >= rolledUntil.getTime()) continue;
    const numbers = [...new Set(own.map(({ number }) => number))];
    await rollBucket(ctx.transaction, new Date(start), numbers);
    const block = blockStartMs(start);
    if (block + BLOCK_MS <= rolledUntil.getTime()) await rollBlock(ctx.transaction, new Date(block), numbers);
  }
}
