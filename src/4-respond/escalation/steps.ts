import type { PolicyDocument } from './policy.ts';

/** Where a page stands: step and cycle, both from 0; step -1 = not begun. */
export type Position = { readonly step: number; readonly cycle: number };

export const NOT_BEGUN: Position = { step: -1, cycle: 0 };

/** The position after another, or null when all cycles are gone through. */
export function nextPosition(document: PolicyDocument, { step, cycle }: Position): Position | null {
  if (step + 1 < document.steps.length) return { step: step + 1, cycle };
  return cycle < document.repeatCount && document.steps.length > 0 ? { step: 0, cycle: cycle + 1 } : null;
}

/** What the next step of a page comes to. */
export type Beginning = {
  readonly position: Position;
  /** Whom it asks; empty only when nobody at all can be reached. */
  readonly userIds: readonly string[];
  /** `fallback`: nobody in the remaining steps can be reached, so others are asked. */
  readonly via: 'policy' | 'fallback' | 'nobody';
  /** Positions passed over at once, because nobody in them can be reached. */
  readonly passed: readonly Position[];
  readonly waitSeconds: number;
  /** Whether another position follows. */
  readonly isLast: boolean;
};

/**
 * The next step that asks somebody who can be reached. Steps with nobody reachable are passed over without waiting; when
 * nobody is left in the steps that remain, the first of `fallback` who can be reached, and whom the policy does not ask
 * anyway, is asked instead. Null when the policy is gone through.
 */
export function beginNext(
  document: PolicyDocument,
  from: Position,
  canReach: (userId: string) => boolean,
  fallback: readonly string[],
): Beginning | null {
  const first = nextPosition(document, from);
  if (first === null) return null;
  const passed: Position[] = [];
  let position: Position | null = first;
  while (position !== null && passed.length < document.steps.length) {
    const userIds = unique(document.steps[position.step]?.userIds ?? []).filter(canReach);
    if (userIds.length > 0) return beginning(document, position, userIds, 'policy', passed);
    passed.push(position);
    position = nextPosition(document, position);
  }
  const last = passed.at(-1) ?? first;
  const asked = document.steps.flatMap(({ userIds }) => userIds).filter(canReach);
  const others = unique(fallback)
    .filter((userId) => canReach(userId) && !asked.includes(userId))
    .slice(0, 1);
  if (others.length === 0 && asked.length > 0) return null;
  return beginning(document, last, others, others.length > 0 ? 'fallback' : 'nobody', passed);
}

function beginning(
  document: PolicyDocument,
  position: Position,
  userIds: readonly string[],
  via: Beginning['via'],
  passed: readonly Position[],
): Beginning {
  return {
    position,
    userIds,
    via,
    passed,
    waitSeconds: document.steps[position.step]?.delaySeconds ?? 0,
    isLast: nextPosition(document, position) === null,
  };
}

function unique(userIds: readonly string[]): string[] {
  return [...new Set(userIds)];
}
