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
    previousKeyDigest: string | null;
    previousKeyUntil: Date | null;
    keyChangedAt: Date | null;
    createdAt: Date;
    createdBy: string | null;
    lastSignalAt: Date | null;
    /** What it sends asks nobody. */
    shadow: boolean;
    /** Null = as many as it likes. */
    signalsPerMinute: number | null;
    deletedAt: Date | null;
  };
};
