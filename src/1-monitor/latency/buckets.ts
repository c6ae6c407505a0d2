import { MINUTE_MS } from '#kernel/duration.ts';

export const BUCKET_MS = 15 * MINUTE_MS;

/** A bucket is made so long after its end, when every check that was due in it has been stored or timed out. */
export const SETTLE_MS = 2 * MINUTE_MS;

/** The start of the bucket that an instant lies in. */
export function bucketStartMs(instantMs: number): number {
  return Math.floor(instantMs / BUCKET_MS) * BUCKET_MS;
}
