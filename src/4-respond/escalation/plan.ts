import { addSeconds } from '#kernel/duration.ts';
import type { Reach } from '../reach/reach.ts';
import type { PolicyDocument } from './policy.ts';
import { beginNext, nextPosition, NOT_BEGUN, type Position } from './steps.ts';

export type PlannedPerson = { readonly userId: string; readonly reach: Reach | undefined };

/** One step as it would run; `skipped` = passed over at once because nobody in it can be reached. */
export type PlannedStep = {
  readonly step: number;
  readonly at: Date;
  readonly waitSeconds: number;
  readonly via: 'policy' | 'fallback' | 'nobody';
  readonly skipped: boolean;
  readonly people: readonly PlannedPerson[];
};

/**
 * The first cycle of a page, step by step, as the pager would run it from an instant if nobody acknowledged. Uses the
 * pager's own `beginNext`, so that what is shown is what happens.
 */
export function planSteps(
  document: PolicyDocument,
  startsAt: Date,
  reachOf: (userId: string) => Reach | undefined,
  fallback: readonly string[],
): PlannedStep[] {
  const canReach = (userId: string) => reachOf(userId)?.unreachable === null;
  const people = (userIds: readonly string[]) => userIds.map((userId) => ({ userId, reach: reachOf(userId) }));
  const planned: PlannedStep[] = [];
  const pass = (position: Position, at: Date) => {
    const userIds = document.steps[position.step]?.userIds ?? [];
    planned.push({ step: position.step, at, waitSeconds: 0, via: 'policy', skipped: true, people: people(userIds) });
  };
  let at = startsAt;
  let from = NOT_BEGUN;
  for (;;) {
    const next = beginNext(document, from, canReach, fallback);
    if (next === null) {
      for (let rest = nextPosition(document, from); rest?.cycle === 0; rest = nextPosition(document, rest))
        pass(rest, at);
      return planned;
    }
    for (const position of next.passed) if (position.cycle === 0) pass(position, at);
    if (next.position.cycle > 0) return planned;
    const { step } = next.position;
    const userIds = next.via === 'nobody' ? fallback : next.userIds;
    planned.push({ step, at, waitSeconds: next.waitSeconds, via: next.via, skipped: false, people: people(userIds) });
    at = addSeconds(at, next.waitSeconds);
    from = next.position;
  }
}
