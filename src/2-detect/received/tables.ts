import type { ReceivedFormat, ReceivedOutcome } from './contract.ts';

export type ReceivedTables = {
  receivedMessage: {
    workspaceId: string;
    id: string;
    alertSourceId: string;
    receivedAt: Date;
    format: ReceivedFormat;
    outcome: ReceivedOutcome;
    text: string;
    alertIds: string[];
    payload: string;
  };
};
