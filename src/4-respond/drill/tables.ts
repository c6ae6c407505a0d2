import type { DrillEvery, DrillPersonState } from './contract.ts';

export type DrillTables = {
  drill: {
    workspaceId: string;
    id: string;
    /** Whom it was for, in words. */
    title: string;
    /** Null = the plan. */
    askedBy: string | null;
    startedAt: Date;
    endsAt: Date;
  };
  drillPerson: {
    workspaceId: string;
    drillId: string;
    userId: string;
    /** Null when nothing was sent. */
    pageId: string | null;
    state: DrillPersonState;
    why: string | null;
    startedAt: Date;
    answeredAt: Date | null;
    answeredByChannel: string | null;
  };
  drillPlan: {
    workspaceId: string;
    every: DrillEvery;
    weekday: number;
    /** Wall time in the workspace's zone. */
    atTime: string;
    nextAt: Date;
    changedAt: Date;
    changedBy: string | null;
  };
};
