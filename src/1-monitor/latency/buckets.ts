import { HOUR_MS, MINUTE_MS } from '#kernel/duration.ts';

export const BUCKET_MS = 15 * MINUTE_MS;

/** What the buckets of so long make together, for charts of months. */
export const BLOCK_MS = 6 * HOUR_MS;

/** A bucket is made so long after its end, when every check that was due in it has been stored or timed out. */
export const SETTLE_MS = 2 * MINUTE_MS;

/** The start of the bucket that an instant lies in. */
export function bucketStartMs(instantMs: number): number {
  return Math.floor(instantMs / BUCKET_MS) * BUCKET_MS;
}

/** The start of the block that an instant lies in. */
export function blockStartMs(instantMs: number): number {
  return Math.floor(instantMs / BLOCK_MS) * BLOCK_MS;
}
