import type { AlertUrgency } from '#detect';
import type { PlanStepView } from '../escalation/contract.ts';

export type ShadowTables = {
  shadowPage: {
    workspaceId: string;
    id: string;
    alertId: string;
    alertSourceId: string;
    at: Date;
    urgency: AlertUrgency;
    why: string | null;
    declares: boolean;
    policyName: string | null;
    policyVersion: number | null;
    steps: readonly PlanStepView[];
  };
};
