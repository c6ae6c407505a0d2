import type { ColumnType } from 'kysely';
import type { BoardDocument } from './contract.ts';

export type BoardTables = {
  incidentBoard: {
    workspaceId: string;
    incidentId: string;
    version: number;
    /** JSON text in, parsed object out. */
    document: ColumnType<BoardDocument, string, never>;
    changedAt: Date;
    changedBy: string | null;
  };
};
