import type { Alert } from '#detect';
import { downstreamOf, listDependencies } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { readSeverityPolicy } from './read-policy.ts';
import { type Proposal, proposalFor } from './proposal.ts';

/** Which severity to declare alerts as when nobody has chosen one, from what they say and what needs their services. */
export async function proposeSeverity(
  ctx: Ctx,
  alerts: readonly Pick<Alert, 'severity' | 'serviceId'>[],
): Promise<Proposal> {
  const { defaultSeverity } = await readSeverityPolicy(ctx);
  const broken = [...new Set(alerts.filter(({ severity }) => severity === 'critical').map((one) => one.serviceId))];
  const own = broken.filter((id) => id !== null);
  const dependencies = own.length === 0 ? [] : await listDependencies(ctx);
  const hit = new Set([...own, ...own.flatMap((id) => downstreamOf(dependencies, id))]);
  return proposalFor({ critical: broken.length > 0, services: hit.size }, defaultSeverity);
}
