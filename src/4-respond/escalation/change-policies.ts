import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import { readServices } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { markCoverageStale } from '../coverage/mark-stale.ts';
import type { EscalationPolicyView } from './contract.ts';
import { type EscalationPolicy, namedPeople } from './policy.ts';
import { refusePolicy } from './refuse-policy.ts';
import { advancePolicy, findPolicies, findPolicy, insertPolicy, removePolicy } from './store.ts';
import { type PolicyBody, writeDocument } from './write-document.ts';

/** All policies, the default first. A workspace has few, so they come as one page. */
export async function listEscalationPolicies(ctx: Ctx) {
  const policies = await findPolicies(ctx);
  const services = await readServices(ctx);
  return { items: policies.map((policy) => present(policy, services)), nextCursor: null };
}

export async function readEscalationPolicy(ctx: Ctx, id: string): Promise<EscalationPolicyView> {
  const policy = await findPolicy(ctx, id);
  if (!policy) throw notFound('escalation policy', id);
  return present(policy, await readServices(ctx));
}

export async function createEscalationPolicy(ctx: Ctx, body: PolicyBody): Promise<EscalationPolicyView> {
  const wanted = writeDocument(body);
  await refusePolicy(ctx, wanted);
  const id = ctx.newId('epo');
  await insertPolicy(ctx, id, wanted, false);
  await audit(ctx, { action: 'escalation-policy.create', subjectId: id, detail: wanted });
  await markCoverageStale(ctx);
  ctx.touch('policies');
  return readEscalationPolicy(ctx, id);
}

/** Writes the next version; pages that run keep the one they began with. */
export async function changeEscalationPolicy(
  ctx: Ctx,
  id: string,
  { version, ...body }: PolicyBody & { readonly version: number },
): Promise<EscalationPolicyView> {
  if (!(await findPolicy(ctx, id))) throw notFound('escalation policy', id);
  const wanted = writeDocument(body);
  await refusePolicy(ctx, wanted);
  if (!(await advancePolicy(ctx, id, version, wanted))) {
    throw conflict('Somebody changed this policy meanwhile. Read it again and repeat your change.');
  }
  await audit(ctx, { action: 'escalation-policy.change', subjectId: id, detail: { ...wanted, version: version + 1 } });
  await markCoverageStale(ctx);
  ctx.touch('policies');
  return readEscalationPolicy(ctx, id);
}

export async function deleteEscalationPolicy(ctx: Ctx, id: string): Promise<void> {
  const policy = await findPolicy(ctx, id);
  if (!policy) throw notFound('escalation policy', id);
  if (policy.isDefault)
    throw conflict('The default policy cannot be removed; every service without its own relies on it.');
  await removePolicy(ctx, id);
  await audit(ctx, { action: 'escalation-policy.delete', subjectId: id });
  await markCoverageStale(ctx);
  ctx.touch('policies');
}

function present(
  policy: EscalationPolicy,
  services: readonly { readonly id: string; readonly escalationPolicyId: string | null }[],
): EscalationPolicyView {
  return {
    ...policy,
    serviceIds: services.filter(({ escalationPolicyId }) => escalationPolicyId === policy.id).map(({ id }) => id),
    steps: policy.steps.map(({ targets, onlyHours, ...step }) => ({
      ...step,
      onlyHours:
        onlyHours === null || typeof onlyHours === 'string' ? onlyHours : { ...onlyHours, days: [...onlyHours.days] },
      targets: [...targets],
      userIds: namedPeople(targets),
    })),
    fallback: [...policy.fallback],
    changedAt: policy.changedAt.toISOString(),
  };
}
