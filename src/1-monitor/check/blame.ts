import type { CheckRun, CheckWorld } from './check-run.ts';
import { fault } from './faults.ts';
import type { CheckError } from './spec.ts';

/** A public target that nobody could reach: its silence, or ours? */
export async function blame(error: CheckError, run: CheckRun, world: CheckWorld): Promise<CheckError> {
  const silent = (error.kind === 'timeout' || error.kind === 'unreachable') && run.phases.tcpMs === null;
  if (!silent || run.address === null) return error;
  if (world.guards.verdict(run.address, run.spec.allowedTargets).class !== 'public') return error;
  if (!(await world.connectivity.isCutOff())) return error;
  return fault('no-connectivity', `this machine seems cut off: neither ${run.address} nor our name servers answer`);
}
