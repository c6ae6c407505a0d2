import type { Outcome } from '../result/contract.ts';
import { judgeTogether, usualQuorum } from '../verdict/quorum.ts';
import { advance, type ConfirmPolicy, freshVerdict, type Verdict } from '../verdict/verdict.ts';

/** One stored check: when it began, when its answer was there, from where, and what it found. */
export type Past = {
  readonly atMs: number;
  readonly knownMs: number;
  readonly place: string;
  readonly outcome: Outcome;
};

export type ReplayPolicy = ConfirmPolicy & { /** Null = more than half. */ readonly locations: number | null };

/** A stretch in which a monitor is said to be down. Milliseconds since 1970; `endedMs` null = still. */
export type Episode = {
  readonly sinceMs: number;
  /** When it was said: the answer of the check that decided. */
  readonly saidMs: number;
  readonly endedMs: number | null;
};

/** When a monitor would have been down under a policy. `past` in the order of `atMs`; the very rules that judge now. */
export function replay(past: readonly Past[], policy: ReplayPolicy): Episode[] {
  const places = [...new Set(past.map(({ place }) => place))];
  const needed = policy.locations ?? usualQuorum(places.length);
  const beganMs = past[0]?.atMs ?? 0;
  const held = new Map(places.map((place): [string, Verdict] => [place, freshVerdict(beganMs)]));
  const episodes: Episode[] = [];
  let whole = freshVerdict(beganMs);
  for (const { atMs, knownMs, place, outcome } of past) {
    const own = advance(held.get(place) ?? freshVerdict(beganMs), { outcome, atMs }, policy);
    held.set(place, own);
    const next = places.length === 1 ? own : judgeTogether(whole, [...held.values()], needed);
    // What is unknown for a while is still down for whoever was told.
    const was = whole.known === 'down';
    const is = next.known === 'down';
    if (is && !was) episodes.push({ sinceMs: next.sinceMs, saidMs: knownMs, endedMs: null });
    const last = episodes.at(-1);
    if (was && !is && last) episodes[episodes.length - 1] = { ...last, endedMs: next.sinceMs };
    whole = next;
  }
  return episodes;
}

export type Comparison = {
  /** Of those that were said, so many would not have been. */
  readonly spared: number;
  /** How much later than now, on average, over those that both say; negative = earlier, null = none in common. */
  readonly laterMs: number | null;
};

/** What another policy changes. Two episodes are the same fault when they overlap. */
export function compareEpisodes(now: readonly Episode[], proposed: readonly Episode[]): Comparison {
  const partnerOf = (one: Episode) => proposed.find((other) => overlap(one, other));
  const pairs = now.flatMap((one) => {
    const other = partnerOf(one);
    return other ? [other.saidMs - one.saidMs] : [];
  });
  const laterMs = pairs.length === 0 ? null : pairs.reduce((sum, ms) => sum + ms, 0) / pairs.length;
  return { spared: now.length - pairs.length, laterMs };
}

function overlap(a: Episode, b: Episode): boolean {
  const endOf = ({ endedMs }: Episode) => endedMs ?? Number.POSITIVE_INFINITY;
  return a.sinceMs <= endOf(b) && b.sinceMs <= endOf(a);
}
