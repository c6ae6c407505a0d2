import type { SignalSeverity } from '../alert/contract.ts';

export type SignalTables = {
  signal: {
    workspaceId: string;
    alertId: string;
    slot: number;
    ordinal: number;
    id: string;
    status: 'firing' | 'resolved';
    severity: SignalSeverity;
    title: string;
    source: string | null;
    receivedAt: Date;
    payload: string;
  };
};
