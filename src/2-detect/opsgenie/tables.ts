import type { Generated } from 'kysely';

export type OpsgenieTables = {
  opsgenieTiny: { workspaceId: string; alertId: string; tinyId: Generated<number> };
  opsgenieRequest: {
    workspaceId: string;
    id: string;
    alertSourceId: string;
    action: string;
    success: boolean;
    status: string;
    alertId: string | null;
    alias: string | null;
    processedAt: Date;
  };
};
