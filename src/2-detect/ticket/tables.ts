import type { SignalSeverity } from '../alert/contract.ts';
import type { TicketRule } from './contract.ts';

export type TicketTables = {
  ticketMail: {
    workspaceId: string;
    alertSourceId: string;
    /** The digest of a Message-ID, or of a number in a subject. */
    name: string;
    dedupKey: string;
    receivedAt: Date;
  };
  ticketRule: {
    workspaceId: string;
    alertSourceId: string;
    sameBy: TicketRule['sameBy'];
    severity: SignalSeverity;
    changedAt: Date;
  };
};
