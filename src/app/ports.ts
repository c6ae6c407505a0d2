import { connectAccessPorts } from '#access';
import { canBePaged, describeDutiesOf } from '#respond';

/** Connects what an earlier room needs to know from a later one. */
export function wirePorts(): void {
  connectAccessPorts({ deactivationConsequences: describeDutiesOf, canBePaged });
}
