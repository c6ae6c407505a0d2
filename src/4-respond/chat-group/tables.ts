import type { Generated } from 'kysely';
import type { ChatGroupKind } from './contract.ts';

export type ChatGroupTables = {
  chatGroup: {
    workspaceId: string;
    scheduleId: string;
    kind: ChatGroupKind;
    groupId: string;
    handle: string | null;
    userIds: Generated<string[]>;
    addresses: Generated<string[]>;
    /** Whom we may have put into it, as far as nobody took them out again. */
    held: Generated<string[]>;
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
