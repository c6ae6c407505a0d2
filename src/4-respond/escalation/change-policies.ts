import { audit, listMembers } from '#access';
import { assert, conflict, invalid, notFound } from '#kernel/errors.ts';
import { readServices } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import type { EscalationPolicyView } from './contract.ts';
import type { EscalationPolicy, PolicyDocument } from './policy.ts';
import { advancePolicy, findPolicies, findPolicy, insertPolicy, type NewPolicy, removePolicy } from './store.ts';

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

export async function createEscalationPolicy(ctx: Ctx, wanted: NewPolicy): Promise<EscalationPolicyView> {
  await assertPeople(ctx, wanted);
  const id = ctx.newId('epo');
  await insertPolicy(ctx, id, wanted, false);
  await audit(ctx, { action: 'escalation-policy.create', subjectId: id, detail: wanted });
  ctx.touch('policies');
  return readEscalationPolicy(ctx, id);
}

/** Writes the next version; pages that run keep the one they began with. */
export async function changeEscalationPolicy(
  ctx: Ctx,
  id: string,
  { version, ...wanted }: NewPolicy & { readonly version: number },
): Promise<EscalationPolicyView> {
  if (!(await findPolicy(ctx, id))) throw notFound('escalation policy', id);
  await assertPeople(ctx, wanted);
  if (!(await advancePolicy(ctx, id, version, wanted))) {
    throw conflict('Somebody changed this policy meanwhile. Read it again and repeat your change.');
  }
  await audit(ctx, { action: 'escalation-policy.change', subjectId: id, detail: { ...wanted, version: version + 1 } });
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
  ctx.touch('policies');
}

async function assertPeople(ctx: Ctx, { steps }: PolicyDocument): Promise<void> {
  const members = new Map((await listMembers(ctx)).map((member) => [member.id, member]));
  for (const [index, step] of steps.entries()) {
    for (const userId of step.userIds) {
      const member = members.get(userId);
      if (!member) throw invalid(`body.steps.${index}.userIds`, `${userId} is not a member of this workspace`);
      if (!member.active)
        throw invalid(`body.steps.${index}.userIds`, `${member.name} is deactivated and cannot be paged`);
    }
  }
  assert(steps.length > 0, 'a policy has steps');
  if (steps.every(({ userIds }) => userIds.length === 0))
    throw invalid('body.steps', 'at least one step must ask somebody');
}

function present(
  policy: EscalationPolicy,
  services: readonly { readonly id: string; readonly escalationPolicyId: string | null }[],
): EscalationPolicyView {
  return {
    ...policy,
    serviceIds: services.filter(({ escalationPolicyId }) => escalationPolicyId === policy.id).map(({ id }) => id),
    steps: policy.steps.map(({ userIds, delaySeconds }) => ({ userIds: [...userIds], delaySeconds })),
    changedAt: policy.changedAt.toISOString(),
  };
}
