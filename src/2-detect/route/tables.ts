import type { ColumnType } from 'kysely';
import type { RoutingDocument } from './route.ts';

export type RoutingTables = {
  alertRouting: {
    workspaceId: string;
    version: number;
    /** JSON text in, parsed object out. */
    document: ColumnType<RoutingDocument, string, string>;
    changedAt: Date;
    changedBy: string | null;
  };
};
