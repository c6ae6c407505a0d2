import type { SignalSeverity } from '../alert/contract.ts';
import type { TicketRule } from './contract.ts';

export type TicketTables = {
  ticketRule: {
    workspaceId: string;
    alertSourceId: string;
    sameBy: TicketRule['sameBy'];
    severity: SignalSeverity;
    changedAt: Date;
  };
};
