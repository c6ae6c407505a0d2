import type { AlertSourceKind } from './contract.ts';

export type AlertSourceTables = {
  alertSource: {
    workspaceId: string;
    id: string;
    name: string;
    kind: AlertSourceKind;
    serviceId: string | null;
    keyDigest: string;
    keySealed: string;
    createdAt: Date;
    createdBy: string | null;
    lastSignalAt: Date | null;
    deletedAt: Date | null;
  };
};
