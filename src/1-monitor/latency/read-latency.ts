import type { Ctx } from '#platform/ctx.ts';
import type { Latency, TimeWindow } from '../result/contract.ts';
import { BUCKET_MS } from './buckets.ts';
import { countOf, type Histogram, mergeHistograms, percentileMs } from './histogram.ts';
import { type LatencyStep, selectBuckets, selectFromChecks, selectRolledUntil } from './store.ts';
import { WINDOWS } from './windows.ts';

/** Percentiles of a monitor, from the places with these numbers together, over a window that ends now, whole and step by step. */
export async function readLatency(ctx: Ctx, numbers: readonly number[], window: TimeWindow): Promise<Latency> {
  const { lengthMs, stepMs } = WINDOWS[window];
  const from = new Date(Math.ceil((ctx.now.getTime() - lengthMs) / stepMs) * stepMs);
  const parts = await readParts(ctx, numbers, from, stepMs);
  const steps = Map.groupBy(parts, ({ startMs }) => Math.floor(startMs / stepMs) * stepMs);
  return {
    window,
    stepSeconds: stepMs / 1_000,
    overall: percentiles(mergeHistograms(parts.map(({ histogram }) => histogram))),
    points: [...steps].map(([startMs, own]) => ({
      at: new Date(startMs).toISOString(),
      ...percentiles(mergeHistograms(own.map(({ histogram }) => histogram))),
    })),
  };
}

/** Buckets where they are made, the checks themselves where they are not, or where the steps are finer. */
async function readParts(ctx: Ctx, numbers: readonly number[], from: Date, stepMs: number): Promise<LatencyStep[]> {
  const until = new Date(ctx.now.getTime() + 1);
  if (stepMs < BUCKET_MS) return selectFromChecks(ctx, numbers, from, until, stepMs);
  const rolledUntil = (await selectRolledUntil(ctx.transaction)) ?? from;
  const made = await selectBuckets(ctx, numbers, from, rolledUntil);
  const rest = rolledUntil > from ? rolledUntil : from;
  return [...made, ...(await selectFromChecks(ctx, numbers, rest, until, BUCKET_MS))];
}

function percentiles(histogram: Histogram) {
  return {
    p50Ms: percentileMs(histogram, 0.5),
    p95Ms: percentileMs(histogram, 0.95),
    p99Ms: percentileMs(histogram, 0.99),
    count: countOf(histogram),
  };
}
