import type { PromiseKind, PromiseState } from './contract.ts';
import type { PromiseLevel } from './promise.ts';

export type PromiseTables = {
  promise: {
    workspaceId: string;
    id: string;
    kind: PromiseKind;
    incidentId: string | null;
    subjectId: string | null;
    owedBy: string;
    ownerUserId: string | null;
    openedAt: Date;
    promptAt: Date | null;
    warnAt: Date | null;
    dueAt: Date;
    told: PromiseLevel | null;
    state: PromiseState;
    settledAt: Date | null;
    drill: boolean;
    nextLookAt: Date | null;
  };
};
