import type { ColumnType } from 'kysely';
import type { CoverageReportView } from './contract.ts';

export type CoverageTables = {
  coverageReport: {
    workspaceId: string;
    dueAt: Date;
    provedAt: Date | null;
    /** JSON text in, parsed object out. */
    document: ColumnType<CoverageReportView | null, string | null, string>;
  };
};
