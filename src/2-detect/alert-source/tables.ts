export type AlertSourceTables = {
  alertSource: {
    workspaceId: string;
    id: string;
    name: string;
    kind: 'generic';
    serviceId: string | null;
    keyDigest: string;
    keySealed: string;
    createdAt: Date;
    createdBy: string | null;
    lastSignalAt: Date | null;
    deletedAt: Date | null;
  };
};
