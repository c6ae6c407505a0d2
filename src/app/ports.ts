import { connectAccessPorts } from '#access';
import { incidentsOfServices } from '#declare';
import { connectDetectPorts } from '#detect';
import { connectMonitorPorts } from '#monitor';
import {
  canBePaged,
  describeDutiesOf,
  describeTurnsOf,
  hasPolicy,
  policyIdFor,
  policyName,
  policyNames,
  usesOfTeam,
} from '#respond';

/** Connects what an earlier room needs to know from a later one. */
export function wirePorts(): void {
  connectAccessPorts({
    deactivationConsequences: async (ctx, userId) => [
      ...(await describeDutiesOf(ctx, userId)),
      ...(await describeTurnsOf(ctx, userId)),
    ],
    usesOfTeam,
    canBePaged,
  });
  connectMonitorPorts({ hasEscalationPolicy: hasPolicy, escalationPolicies: policyNames, incidentsOfServices });
  connectDetectPorts({ escalationPolicyFor: policyIdFor, escalationPolicyName: policyName });
}
