import { secondsBetween } from '#kernel/duration.ts';
import { coveredMs, type Interval } from '#kernel/interval.ts';

/** The instants from which the times of an incident are measured; null = never happened, or not recorded. */
export type Milestones = {
  readonly impactStartedAt: Date | null;
  readonly detectedAt: Date | null;
  readonly declaredAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly firstUpdateAt: Date | null;
  readonly mitigatedAt: Date | null;
  readonly resolvedAt: Date | null;
};

export const MEASURES = [
  {
    key: 'time-to-detect',
    title: 'Time to detect',
    definition: 'From the start of the impact to the earliest linked signal.',
    from: 'impactStartedAt',
    to: 'detectedAt',
  },
  {
    key: 'time-to-declare',
    title: 'Time to declare',
    definition: 'From the earliest linked signal to the formal declaration.',
    from: 'detectedAt',
    to: 'declaredAt',
  },
  {
    key: 'time-to-acknowledge',
    title: 'Time to acknowledge',
    definition: 'From the earliest linked signal to the first person who acknowledged a page.',
    from: 'detectedAt',
    to: 'acknowledgedAt',
  },
  {
    key: 'time-to-first-update',
    title: 'Time to first public update',
    definition: 'From the earliest linked signal to the first update on a public status page.',
    from: 'detectedAt',
    to: 'firstUpdateAt',
  },
  {
    key: 'time-to-mitigate',
    title: 'Time to mitigate',
    definition: 'From the start of the impact until service was restored for the people affected.',
    from: 'impactStartedAt',
    to: 'mitigatedAt',
  },
  {
    key: 'time-to-resolve',
    title: 'Time to resolve',
    definition: 'From the start of the impact to the resolution.',
    from: 'impactStartedAt',
    to: 'resolvedAt',
  },
] as const satisfies readonly {
  key: string;
  title: string;
  definition: string;
  from: keyof Milestones;
  to: keyof Milestones;
}[];

export type MeasureKey = (typeof MEASURES)[number]['key'];

/** `missing` = a milestone does not exist; `invalid` = the later one stands before the earlier one. Neither counts as 0. */
export type Measured =
  | { readonly state: 'measured'; readonly seconds: number }
  | { readonly state: 'missing' }
  | { readonly state: 'invalid'; readonly seconds: number };

/** One time of one incident. */
export function measure(milestones: Milestones, key: MeasureKey): Measured {
  const rule = MEASURES.find((candidate) => candidate.key === key);
  const from = rule ? milestones[rule.from] : null;
  const to = rule ? milestones[rule.to] : null;
  if (from === null || to === null) return { state: 'missing' };
  const seconds = secondsBetween(from, to);
  return seconds < 0 ? { state: 'invalid', seconds } : { state: 'measured', seconds };
}

/** The p-th percentile (0–100) by linear interpolation between closest ranks; null of nothing. */
export function percentile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (Math.min(100, Math.max(0, p)) / 100) * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? 0;
  const high = sorted[Math.ceil(rank)] ?? low;
  return low + (high - low) * (rank - Math.floor(rank));
}

/** Seconds with impact: the union of the impact intervals, so that a reopened incident is not counted twice. */
export function impactSeconds(intervals: readonly Interval[]): number {
  return coveredMs(intervals) / 1_000;
}

/** The longest stretch without a public update, from detection over the updates to the end; null without a start or an end. */
export function longestSilenceSeconds(
  detectedAt: Date | null,
  updates: readonly Date[],
  endedAt: Date | null,
): number | null {
  if (detectedAt === null || endedAt === null) return null;
  const inside = updates.filter((at) => at > detectedAt && at < endedAt);
  const marks = [detectedAt, ...inside.toSorted((a, b) => a.getTime() - b.getTime()), endedAt];
  return Math.max(0, ...marks.slice(1).map((mark, i) => secondsBetween(marks[i] ?? mark, mark)));
}
