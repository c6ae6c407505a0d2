export type OpsgenieTables = {
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
