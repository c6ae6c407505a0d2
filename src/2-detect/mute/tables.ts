import type { ColumnType } from 'kysely';
import type { Condition } from '../route/condition-contract.ts';

export type MuteTables = {
  alertMute: {
    workspaceId: string;
    id: string;
    /** JSON text in, parsed list out. */
    match: ColumnType<Condition[], string, never>;
    reason: string;
    createdAt: Date;
    createdBy: string | null;
    endsAt: Date;
    endedAt: Date | null;
    endedBy: string | null;
  };
};
