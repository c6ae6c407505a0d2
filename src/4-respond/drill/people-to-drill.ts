import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type EscalationPolicy, type Target, targetsOf } from '../escalation/policy.ts';
import { readRoster } from '../escalation/roster.ts';
import { peopleIn } from '../escalation/steps.ts';
import { findPolicies, findPolicy } from '../escalation/store.ts';
import { readPeople } from '../reach/people.ts';
import { readOnCallOf } from '../schedule/read-on-call.ts';
import { findScheduleIds } from '../schedule/store.ts';

/** Whom a drill is for. */
export type DrillOf =
  | { readonly kind: 'people'; readonly userIds: readonly string[] }
  | { readonly kind: 'schedule'; readonly scheduleId: string }
  | { readonly kind: 'policy'; readonly policyId: string }
  | { readonly kind: 'on-call' };

export type PeopleToDrill = { readonly title: string; readonly userIds: readonly string[] };

/** Who that is at this moment, and in which words. */
export async function peopleToDrill(ctx: Ctx, of: DrillOf): Promise<PeopleToDrill> {
  switch (of.kind) {
    case 'people':
      return { title: namesOf(of.userIds, (await readPeople(ctx)).nameOf), userIds: [...new Set(of.userIds)] };
    case 'schedule': {
      const onCall = (await readOnCallOf(ctx, [of.scheduleId], ctx.now)).get(of.scheduleId);
      if (!onCall) throw notFound('on-call schedule', of.scheduleId);
      return { title: `On call by “${onCall.name}”`, userIds: onCall.userIds };
    }
    case 'policy': {
      const policy = await findPolicy(ctx, of.policyId);
      if (!policy) throw notFound('escalation policy', of.policyId);
      return { title: `Everybody in “${policy.name}”`, userIds: await askedNow(ctx, targetsOf(policy)) };
    }
    case 'on-call':
      return { title: 'Everybody on call', userIds: await everybodyOnCall(ctx) };
  }
}

/** On call by a schedule, or asked by the first step of a policy. */
async function everybodyOnCall(ctx: Ctx): Promise<string[]> {
  const scheduleIds = await findScheduleIds(ctx);
  const first = (await findPolicies(ctx)).flatMap((policy: EscalationPolicy) => policy.steps[0]?.targets ?? []);
  const bySchedule = scheduleIds.map((scheduleId) => ({ kind: 'schedule', scheduleId, who: 'current' }) as const);
  return askedNow(ctx, [...bySchedule, ...first]);
}

async function askedNow(ctx: Ctx, targets: readonly Target[]): Promise<string[]> {
  return peopleIn(targets, await readRoster(ctx, targets, ctx.now));
}

const NAMED = 3;

function namesOf(userIds: readonly string[], nameOf: (userId: string) => string): string {
  const names = [...new Set(userIds)].map(nameOf);
  if (names.length <= NAMED) return names.join(', ');
  return `${names.slice(0, NAMED - 1).join(', ')} and ${names.length - NAMED + 1} others`;
}
