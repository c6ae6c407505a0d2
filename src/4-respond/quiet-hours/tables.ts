import type { ColumnType } from 'kysely';
import type { QuietWindow } from './contract.ts';

export type QuietTables = {
  quietHours: {
    workspaceId: string;
    userId: string;
    /** JSON text in, parsed list out. */
    windows: ColumnType<readonly QuietWindow[], string, string>;
    changedAt: Date;
  };
};
