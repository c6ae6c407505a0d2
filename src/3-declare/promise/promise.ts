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
