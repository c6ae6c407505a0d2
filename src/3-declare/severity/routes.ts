import { bind, type RouteBinding } from '#platform/stage.ts';
import { replaceSeverityPolicy } from './change-policy.ts';
import { changeSeverityPolicy, readSeverityPolicyRoute, type SeverityPolicyView } from './contract.ts';
import { readSeverityPolicy } from './read-policy.ts';
import type { SeverityPolicy } from './severity.ts';

export const severityRoutes: readonly RouteBinding[] = [
  bind(readSeverityPolicyRoute, async (ctx) => present(await readSeverityPolicy(ctx))),
  bind(changeSeverityPolicy, async (ctx, { body }) => present(await replaceSeverityPolicy(ctx, body))),
];

function present(policy: SeverityPolicy): SeverityPolicyView {
  return { ...policy, levels: [...policy.levels], changedAt: policy.changedAt?.toISOString() ?? null };
}
