import type { SignalSeverity } from '../alert/contract.ts';

export type MailInTables = {
  mailRule: {
    workspaceId: string;
    alertSourceId: string;
    resolvedWords: string[];
    ignoredWords: string[];
    severity: SignalSeverity;
    changedAt: Date;
  };
  receivedMail: { workspaceId: string; alertSourceId: string; digest: string; receivedAt: Date };
};
