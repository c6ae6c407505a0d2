import type { PromiseKind, PromiseState } from './contract.ts';

export type PromiseLevel = 'prompt' | 'warn' | 'broken';

/** Something owed by a role at a time. */
export type PromiseRow = {
  readonly id: string;
  readonly kind: PromiseKind;
  readonly incidentId: string | null;
  readonly subjectId: string | null;
  readonly owedBy: string;
  readonly ownerUserId: string | null;
  readonly openedAt: Date;
  readonly promptAt: Date | null;
  readonly warnAt: Date | null;
  readonly dueAt: Date;
  /** The gravest level that was told so far. */
  readonly told: PromiseLevel | null;
  readonly state: PromiseState;
  readonly settledAt: Date | null;
  readonly drill: boolean;
};

/** The part of a promise that its laws speak about. */
export type Clock = Pick<PromiseRow, 'promptAt' | 'warnAt' | 'dueAt' | 'told' | 'state' | 'settledAt'>;

const RANK: Record<PromiseLevel, number> = { prompt: 1, warn: 2, broken: 3 };

/** The gravest level whose time has come. */
function levelAt(clock: Clock, now: Date): PromiseLevel | null {
  if (now >= clock.dueAt) return 'broken';
  if (clock.warnAt !== null && now >= clock.warnAt) return 'warn';
  if (clock.promptAt !== null && now >= clock.promptAt) return 'prompt';
  return null;
}

/**
 * What looking at a promise at an instant does: the level to tell now, if any, and the promise after it. Levels only
 * rise, each is told at most once, and one that a graver one has overtaken is not told any more.
 */
export function look<C extends Clock>(clock: C, now: Date): { readonly tell: PromiseLevel | null; readonly after: C } {
  const level = clock.state === 'pending' ? levelAt(clock, now) : null;
  if (level === null || (clock.told !== null && RANK[clock.told] >= RANK[level])) return { tell: null, after: clock };
  return { tell: level, after: { ...clock, told: level, state: level === 'broken' ? 'broken' : clock.state } };
}

/** When to look next: at the next level that has not been told; null when there is none left. */
export function nextLook(clock: Clock): Date | null {
  if (clock.state !== 'pending') return null;
  const told = clock.told === null ? 0 : RANK[clock.told];
  const times = [
    told < RANK.prompt ? clock.promptAt : null,
    told < RANK.warn ? clock.warnAt : null,
    clock.dueAt,
  ].filter((time) => time !== null);
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** What was promised has come: `kept` when in time; too late it stays broken, and says when it came. */
export function keep<C extends Clock>(clock: C, at: Date): C {
  if (clock.settledAt !== null) return clock;
  const inTime = clock.state === 'pending' && at < clock.dueAt;
  return { ...clock, state: inTime ? 'kept' : 'broken', settledAt: at };
}

/** It is owed no more. What was broken before stays broken. */
export function waive<C extends Clock>(clock: C, at: Date): C {
  if (clock.settledAt !== null) return clock;
  const late = clock.state === 'broken' || at >= clock.dueAt;
  return { ...clock, state: late ? 'broken' : 'waived', settledAt: at };
}
