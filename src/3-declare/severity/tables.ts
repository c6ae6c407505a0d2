import type { ColumnType } from 'kysely';
import type { Severity, SeverityLevel } from './contract.ts';

export type SeverityTables = {
  severityPolicy: {
    workspaceId: string;
    version: number;
    document: ColumnType<{ levels: SeverityLevel[]; defaultSeverity: Severity }, string, string>;
    changedAt: Date;
    changedBy: string | null;
  };
};
