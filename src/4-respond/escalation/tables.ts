import type { ColumnType } from 'kysely';
import type { PolicyDocument } from './policy.ts';

export type EscalationTables = {
  escalationPolicy: {
    workspaceId: string;
    id: string;
    isDefault: boolean;
    version: number;
    removedAt: Date | null;
  };
  escalationPolicyVersion: {
    workspaceId: string;
    policyId: string;
    version: number;
    name: string;
    /** JSON text in, parsed object out. */
    document: ColumnType<PolicyDocument, string, never>;
    changedAt: Date;
    changedBy: string | null;
  };
  /** How many pages a step has asked by turns. */
  escalationTurn: {
    workspaceId: string;
    policyId: string;
    step: number;
    turns: number;
  };
};
