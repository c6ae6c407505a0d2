import type { SignalSeverity } from '../alert/contract.ts';
import type { IgnoredReason } from './contract.ts';

export type MailInTables = {
  mailRule: {
    workspaceId: string;
    alertSourceId: string;
    resolvedWords: string[];
    ignoredWords: string[];
    severity: SignalSeverity;
    changedAt: Date;
  };
  ignoredMail: {
    workspaceId: string;
    alertSourceId: string;
    reason: IgnoredReason;
    count: number;
    lastAt: Date;
  };
  receivedMail: { workspaceId: string; alertSourceId: string; digest: string; receivedAt: Date };
};
