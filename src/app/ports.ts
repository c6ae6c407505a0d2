import { connectAccessPorts } from '#access';
import { connectMonitorPorts } from '#monitor';
import { canBePaged, describeDutiesOf, hasPolicy, usesOfTeam } from '#respond';

/** Connects what an earlier room needs to know from a later one. */
export function wirePorts(): void {
  connectAccessPorts({ deactivationConsequences: describeDutiesOf, usesOfTeam, canBePaged });
  connectMonitorPorts({ hasEscalationPolicy: hasPolicy });
}
