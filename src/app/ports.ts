import { connectAccessPorts } from '#access';
import { connectDetectPorts } from '#detect';
import { connectMonitorPorts } from '#monitor';
import { canBePaged, describeDutiesOf, hasPolicy, policyName, usesOfTeam } from '#respond';

/** Connects what an earlier room needs to know from a later one. */
export function wirePorts(): void {
  connectAccessPorts({ deactivationConsequences: describeDutiesOf, usesOfTeam, canBePaged });
  connectMonitorPorts({ hasEscalationPolicy: hasPolicy });
  connectDetectPorts({ escalationPolicyName: policyName });
}
