import type { ColumnType, Generated } from 'kysely';
import type { AlertEntryKind } from './contract.ts';

export type JournalTables = {
  alertEntry: {
    workspaceId: string;
    alertId: string;
    seq: Generated<number>;
    at: Date;
    kind: AlertEntryKind;
    text: string;
    /** JSON text in, parsed object out. */
    data: ColumnType<Record<string, unknown>, string, never>;
    actorUserId: string | null;
    actorName: string | null;
    channel: string;
  };
};
