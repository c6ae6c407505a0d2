import type { ColumnType } from 'kysely';
import type { ScheduleDocument } from './schedule.ts';

export type ScheduleTables = {
  schedule: {
    workspaceId: string;
    id: string;
    version: number;
    removedAt: Date | null;
    /** Up to when people were told of its hand-offs. */
    toldUntil: Date;
  };
  scheduleVersion: {
    workspaceId: string;
    scheduleId: string;
    version: number;
    name: string;
    /** JSON text in, parsed object out. */
    document: ColumnType<ScheduleDocument, string, never>;
    effectiveFrom: Date;
    changedAt: Date;
    changedBy: string | null;
  };
  scheduleOverride: {
    workspaceId: string;
    id: string;
    scheduleId: string;
    kind: 'add' | 'remove' | 'replace';
    userId: string;
    replacedUserId: string | null;
    startsAt: Date;
    endsAt: Date;
    reason: string | null;
    createdAt: Date;
    createdBy: string | null;
  };
};
