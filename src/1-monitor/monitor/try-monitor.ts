import { readAllowedTargets } from '#access';
import { conflict } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { traitsOf } from '../kind/kinds.ts';
import { checkSpecOf, requireCheckable } from './check-spec.ts';
import type { CheckAnswer, TryMonitorBody } from './contract.ts';
import { changedAsking, refuseForeign } from './edit-monitor.ts';
import { readMonitor } from './read-monitors.ts';
import { askOnce } from './test-monitor.ts';

/** Asks once as a stored monitor would ask after a change. Refuses what saving would refuse. */
export async function tryMonitor(
  ctx: Ctx,
  monitorId: string,
  { trial, ...change }: TryMonitorBody,
  system: System,
): Promise<CheckAnswer> {
  const monitor = requireCheckable(await readMonitor(ctx, monitorId));
  if (traitsOf(monitor.kind).elsewhere === true)
    throw conflict(`${monitor.kind} is asked by probes only, so it cannot be tried from here.`);
  refuseForeign(monitor, change);
  const asking = await changedAsking(ctx, monitor, change);
  const spec = checkSpecOf({ ...monitor, ...asking }, await readAllowedTargets(ctx), ctx.secrets);
  return askOnce(system, spec, trial);
}
