import { listMembers } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import type { Target } from './policy.ts';
import { readRoster } from './roster.ts';
import { findPolicies } from './store.ts';

/** Sentences that say which policies would be left with a hole without the person; empty when none. */
export async function describeDutiesOf(ctx: Ctx, userId: string): Promise<string[]> {
  const active = new Set((await listMembers(ctx)).filter((member) => member.active).map(({ id }) => id));
  const policies = await findPolicies(ctx);
  const targets = policies.flatMap(({ steps }) => steps.flatMap((step) => step.targets.map(everybodyOf)));
  const roster = await readRoster(ctx, targets, ctx.now);
  return policies.flatMap(({ name, steps }) => {
    const staff = steps.map((step) => step.targets.flatMap((target) => roster.peopleOf(everybodyOf(target))));
    return describeHoles(
      name,
      staff.map((userIds) => [...new Set(userIds)].filter((id) => active.has(id))),
      userId,
    );
  });
}

/** What one policy loses with a person; `staff` is who may ever be asked by each step. */
export function describeHoles(name: string, staff: readonly (readonly string[])[], userId: string): string[] {
  const theirs = staff.flatMap((userIds, index) =>
    userIds.includes(userId) ? [{ size: userIds.length, number: index + 1 }] : [],
  );
  if (theirs.length === 0) return [];
  const remaining = new Set(staff.flat().filter((id) => id !== userId));
  if (remaining.size === 0)
    return [`The escalation policy “${name}” would have nobody left: its pages would go to the owner.`];
  return theirs.map(({ size, number }) =>
    size === 1
      ? `Step ${number} of the escalation policy “${name}” would be empty and be passed over.`
      : `Step ${number} of the escalation policy “${name}” would lose one of ${size} people.`,
  );
}

function everybodyOf(target: Target): Target {
  return target.kind === 'schedule' ? { ...target, who: 'everybody' } : target;
}
