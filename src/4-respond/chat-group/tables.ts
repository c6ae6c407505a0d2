import type { Generated } from 'kysely';

export type ChatGroupTables = {
  chatGroup: {
    workspaceId: string;
    scheduleId: string;
    groupId: string;
    handle: string | null;
    userIds: Generated<string[]>;
    addresses: Generated<string[]>;
    setAt: Date | null;
    missingUserIds: Generated<string[]>;
    kept: 'nobody' | 'unknown' | null;
    problem: string | null;
    problemAt: Date | null;
    tries: Generated<number>;
    asked: Generated<number>;
    dueAt: Date;
    leasedUntil: Date | null;
  };
};
