import type { TaskState } from './contract.ts';

export type TaskTables = {
  incidentTask: {
    workspaceId: string;
    id: string;
    incidentId: string;
    title: string;
    state: TaskState;
    assigneeId: string | null;
    dueAt: Date | null;
    createdBy: string | null;
    createdAt: Date;
    settledAt: Date | null;
  };
};
