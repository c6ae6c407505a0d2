import type { ImportKind, ImportPlanView, ImportTool } from './contract.ts';

export type ImportTables = {
  import: {
    workspaceId: string;
    id: string;
    tool: ImportTool;
    /** What was exported; forgotten once the plan is carried out. */
    document: unknown;
    digest: string;
    report: Pick<ImportPlanView, 'counts' | 'items' | 'schedules' | 'remarks'>;
    plannedAt: Date;
    plannedBy: string | null;
    appliedAt: Date | null;
    appliedBy: string | null;
  };
  importLink: {
    workspaceId: string;
    tool: ImportTool;
    kind: ImportKind;
    vendorId: string;
    targetId: string;
    importId: string;
  };
};
