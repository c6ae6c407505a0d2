import { HOUR_MS } from '#kernel/duration.ts';
import type { Interval } from '#kernel/interval.ts';

/** Somebody's shift that is still to come. */
export type ComingShift = Interval & {
  readonly scheduleId: string;
  readonly userId: string;
  /** It counts, but it cannot be given away: it has begun, or does not end within sight. */
  readonly isFixed?: boolean;
};

export type Swap = ComingShift & {
  readonly toUserId: string;
  /** By how much less the two differ then. */
  readonly evensOutMs: number;
};

export type SwapQuestion = {
  /** What on-call has asked of each so far: time on call, and what interruptions weigh. */
  readonly pastMs: ReadonlyMap<string, number>;
  readonly coming: readonly ComingShift[];
  /** Who may give and take shifts of each schedule. */
  readonly participants: ReadonlyMap<string, readonly string[]>;
  /** Whether somebody is away at some time of a span. */
  readonly isAway: (userId: string, span: Interval) => boolean;
  readonly most: number;
};

/** Less than this is not worth asking anybody for. */
const WORTH_MS = 4 * HOUR_MS;

/**
 * Which shifts that are to come could go to whom, so that what on-call asked and will ask of everybody evens out: the one
 * that evens out most first, each next one as if those before it were done. Only to somebody of the same schedule who is
 * here and not on call then.
 */
export function suggestSwaps(question: SwapQuestion): Swap[] {
  const swaps: Swap[] = [];
  let coming = [...question.coming];
  const moved = new Set<ComingShift>();
  while (swaps.length < question.most) {
    const best = bestSwap(question, coming, moved);
    if (best === null) break;
    const { shift, swap } = best;
    const taken = { ...shift, userId: swap.toUserId };
    coming = coming.map((one) => (one === shift ? taken : one));
    moved.add(taken);
    swaps.push(swap);
  }
  return swaps;
}

function bestSwap(
  { pastMs, participants, isAway }: SwapQuestion,
  coming: readonly ComingShift[],
  moved: ReadonlySet<ComingShift>,
): { readonly shift: ComingShift; readonly swap: Swap } | null {
  const load = new Map(pastMs);
  for (const { userId, startMs, endMs } of coming) load.set(userId, (load.get(userId) ?? 0) + endMs - startMs);
  const loadOf = (userId: string) => load.get(userId) ?? 0;
  let best: { shift: ComingShift; swap: Swap } | null = null;
  for (const shift of coming.filter((one) => !moved.has(one) && one.isFixed !== true)) {
    const length = shift.endMs - shift.startMs;
    const others = participants.get(shift.scheduleId) ?? [];
    for (const toUserId of others.includes(shift.userId) ? others : []) {
      const before = loadOf(shift.userId) - loadOf(toUserId);
      const evensOutMs = before - Math.abs(before - 2 * length);
      if (toUserId === shift.userId || evensOutMs < WORTH_MS || evensOutMs <= (best?.swap.evensOutMs ?? 0)) continue;
      if (isAway(toUserId, shift) || coming.some((one) => one.userId === toUserId && touches(one, shift))) continue;
      best = { shift, swap: { ...shift, toUserId, evensOutMs } };
    }
  }
  return best;
}

function touches(one: Interval, other: Interval): boolean {
  return one.startMs < other.endMs && other.startMs < one.endMs;
}
