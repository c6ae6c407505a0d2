import type { SignalSeverity } from '../alert/contract.ts';

export type SignalTables = {
  signal: {
    workspaceId: string;
    alertId: string;
    ordinal: number;
    status: 'firing' | 'resolved';
    severity: SignalSeverity;
    title: string;
    source: string | null;
    receivedAt: Date;
    payload: string;
  };
};
