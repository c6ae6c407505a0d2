import { listMembers } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import type { EscalationPolicy } from './policy.ts';
import { findPolicies } from './store.ts';

/** Sentences that say which policies would be left with a hole without the person; empty when none. */
export async function describeDutiesOf(ctx: Ctx, userId: string): Promise<string[]> {
  const active = new Set((await listMembers(ctx)).filter((member) => member.active).map(({ id }) => id));
  return (await findPolicies(ctx)).flatMap(({ name, steps }) => {
    const staffed = steps.map((step) => ({ ...step, userIds: step.userIds.filter((id) => active.has(id)) }));
    return describeHoles({ name, steps: staffed }, userId);
  });
}

/** What one policy loses with a person. */
export function describeHoles(policy: Pick<EscalationPolicy, 'name' | 'steps'>, userId: string): string[] {
  const theirs = policy.steps.flatMap((step, index) =>
    step.userIds.includes(userId) ? [{ step, number: index + 1 }] : [],
  );
  if (theirs.length === 0) return [];
  const remaining = new Set(policy.steps.flatMap(({ userIds }) => userIds).filter((id) => id !== userId));
  if (remaining.size === 0)
    return [`The escalation policy “${policy.name}” would have nobody left: its pages would go to the owner.`];
  return theirs.map(({ step, number }) =>
    step.userIds.length === 1
      ? `Step ${number} of the escalation policy “${policy.name}” would be empty and be passed over.`
      : `Step ${number} of the escalation policy “${policy.name}” would lose one of ${step.userIds.length} people.`,
  );
}
