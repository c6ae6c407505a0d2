import type { Ctx } from '#platform/ctx.ts';
import { type Target, targetsOf } from './policy.ts';
import { findPolicies } from './store.ts';

/** Which policies ask a team, in words; empty when none does. */
export function usesOfTeam(ctx: Ctx, teamId: string): Promise<string[]> {
  return usesOf(ctx, (target) => target.kind === 'team' && target.teamId === teamId);
}

/** Which policies ask a schedule, in words; empty when none does. */
export function usesOfSchedule(ctx: Ctx, scheduleId: string): Promise<string[]> {
  return usesOf(ctx, (target) => target.kind === 'schedule' && target.scheduleId === scheduleId);
}

/** Which policies tell a team channel, in words; empty when none does. */
export function usesOfChannel(ctx: Ctx, noticeChannelId: string): Promise<string[]> {
  return usesOf(ctx, (target) => target.kind === 'channel' && target.noticeChannelId === noticeChannelId);
}

async function usesOf(ctx: Ctx, names: (target: Target) => boolean): Promise<string[]> {
  const policies = await findPolicies(ctx);
  return policies
    .filter((policy) => targetsOf(policy).some(names))
    .map(({ name }) => `the escalation policy “${name}”`);
}
