export type AllowedTargetTables = {
  allowedTarget: { id: string; workspaceId: string; cidr: string; addedBy: string; addedAt: Date };
};
