import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Latency } from '../result/contract.ts';
import { RESULT_DAYS } from '../result/retention.ts';
import type { Span } from '../result/span.ts';
import { BLOCK_MS, blockStartMs, BUCKET_MS } from './buckets.ts';
import { countOf, mergeHistograms, percentileMs } from './histogram.ts';
import { addPhases, meanPhases } from './phase-totals.ts';
import { type LatencyStep, selectBlocks, selectBuckets, selectFromChecks, selectRolledUntil } from './store.ts';
import { stepFor, WINDOWS } from './windows.ts';

/** Percentiles and phases of a monitor, from the places with these numbers together, over a span, whole and step by step. */
export async function readLatency(ctx: Ctx, numbers: readonly number[], span: Span): Promise<Latency> {
  const stepMs = stepOf(span, ctx.now);
  // A window's first step is a whole one; a span of one's own shows all of what it names.
  const round = span.window === null ? Math.floor : Math.ceil;
  const from = new Date(round(span.from.getTime() / stepMs) * stepMs);
  // What is due this instant is part of what ends now.
  const until = span.to < ctx.now ? span.to : new Date(ctx.now.getTime() + 1);
  const parts = await readParts(ctx, numbers, from, until, stepMs);
  const steps = Map.groupBy(parts, ({ startMs }) => Math.floor(startMs / stepMs) * stepMs);
  return {
    window: span.window,
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    stepSeconds: stepMs / 1_000,
    overall: summarize(parts),
    points: [...steps].map(([startMs, own]) => ({ at: new Date(startMs).toISOString(), ...summarize(own) })),
  };
}

function stepOf({ window, from, to }: Span, now: Date): number {
  if (window !== null) return WINDOWS[window].stepMs;
  const fromBuckets = from.getTime() < now.getTime() - RESULT_DAYS * DAY_MS;
  return stepFor(to.getTime() - from.getTime(), fromBuckets);
}

/** Blocks and buckets where they are made, the checks themselves where they are not, or where the steps are finer. */
async function readParts(
  ctx: Ctx,
  numbers: readonly number[],
  from: Date,
  until: Date,
  stepMs: number,
): Promise<LatencyStep[]> {
  if (stepMs < BUCKET_MS) return selectFromChecks(ctx, numbers, from, until, stepMs);
  const rolledUntil = (await selectRolledUntil(ctx.transaction)) ?? from;
  const madeUntil = rolledUntil < until ? rolledUntil : until;
  // A step of whole blocks begins with one.
  const blocksUntil = stepMs % BLOCK_MS === 0 ? new Date(blockStartMs(madeUntil.getTime())) : from;
  const rest = rolledUntil > from ? rolledUntil : from;
  return [
    ...(await selectBlocks(ctx, numbers, from, blocksUntil)),
    ...(await selectBuckets(ctx, numbers, blocksUntil > from ? blocksUntil : from, madeUntil)),
    ...(rest >= until ? [] : await selectFromChecks(ctx, numbers, rest, until, BUCKET_MS)),
  ];
}

function summarize(parts: readonly LatencyStep[]): Latency['overall'] {
  const histogram = mergeHistograms(parts.map((part) => part.histogram));
  return {
    p50Ms: percentileMs(histogram, 0.5),
    p95Ms: percentileMs(histogram, 0.95),
    p99Ms: percentileMs(histogram, 0.99),
    count: countOf(histogram),
    phases: meanPhases(addPhases(parts.flatMap(({ phases }) => phases ?? []))),
  };
}
