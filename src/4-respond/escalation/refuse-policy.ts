import { listMembers, listTeams, readWorkspace } from '#access';
import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { readOnCallOf } from '../schedule/read-on-call.ts';
import { readChannelsToTell } from '../notice-channel/channels-to-tell.ts';
import { everComes, firstUncovered } from './own-hours.ts';
import { minuteWords } from './own-hours-words.ts';
import { channelIdsOf, type EscalationStep, isPeople, type PolicyDocument, type Target } from './policy.ts';
import { applies } from './steps.ts';

/** Refuses a policy that names what is not there, or that would ask nobody at some time or urgency. */
export async function refusePolicy(ctx: Ctx, document: PolicyDocument): Promise<void> {
  for (const [index, { targets, onlyHours }] of document.steps.entries()) {
    await refuseTargets(ctx, targets, `body.steps.${index}.targets`);
    if (onlyHours !== null && typeof onlyHours !== 'string' && !everComes(onlyHours))
      throw invalid(
        `body.steps.${index}.onlyHours`,
        'these hours never come; remove the step, or narrow what it leaves out',
      );
  }
  if (!document.fallback.every(isPeople))
    throw invalid('body.fallback', 'a channel wakes nobody, so it cannot stand in for people; name it in a step');
  await refuseTargets(ctx, document.fallback, 'body.fallback');
  const { timeZone } = await readWorkspace(ctx);
  const uncovered = uncoveredBy(document, { timeZone, at: ctx.now });
  if (uncovered !== null)
    throw invalid('body.steps', `no step asks anybody for ${uncovered}; add one, or widen the condition of a step`);
}

/** Refuses targets of which none can be woken, where somebody has to be. */
export function refuseChannelsAlone(targets: readonly Target[], path: string): void {
  if (targets.length > 0 && !targets.some(isPeople))
    throw invalid(path, 'a channel wakes nobody; name a person, a team or a schedule as well');
}

/** Refuses targets that are not there, or can never be paged. */
export async function refuseTargets(ctx: Ctx, targets: readonly Target[], path: string): Promise<void> {
  const faultOf = await readFaults(ctx, targets);
  for (const target of targets) {
    const fault = faultOf(target);
    if (fault !== null) throw invalid(path, fault);
  }
}

/** The first kind of page that no step with people is meant for, in words; null when there is none. */
export function uncoveredBy({ steps }: Pick<PolicyDocument, 'steps'>, clock: Clock): string | null {
  const asking = steps.filter(({ targets }) => targets.some(isPeople));
  if (asking.length === 0) return 'any page';
  for (const urgency of ['high', 'low'] as const) {
    for (const withinHours of [true, false]) {
      // Hours of a step's own and business hours may lie anyhow to each other: holidays and settings move the latter.
      const meant = asking.filter((step) => applies(step, { urgency, withinHours, inHours: () => true }));
      const knowsSides = asking.some(({ onlyHours }) => typeof onlyHours === 'string');
      const when = hoursLeft(meant, { withinHours, knowsSides }, clock);
      if (when !== null) return `a page of ${urgency} urgency ${when}`;
    }
  }
  return null;
}

type Clock = { readonly timeZone: string; readonly at: Date };

/** When none of some steps applies, whose other conditions are met; null when one always does. */
function hoursLeft(
  steps: readonly EscalationStep[],
  { withinHours, knowsSides }: { readonly withinHours: boolean; readonly knowsSides: boolean },
  { timeZone, at }: Clock,
): string | null {
  if (steps.length === 0) return `${withinHours ? 'within' : 'outside'} business hours`;
  const own = steps.flatMap(({ onlyHours }) =>
    onlyHours === null || typeof onlyHours === 'string' ? [] : [onlyHours],
  );
  const left = own.length < steps.length ? null : firstUncovered(own, timeZone, at);
  if (left === null) return null;
  const side = knowsSides ? ` when business hours ${withinHours ? '' : 'do not '}run` : '';
  return `${minuteWords(left.minute)} (${left.timeZone})${side}`;
}

/** What is wrong with a target, in words; null when nothing is. */
async function readFaults(ctx: Ctx, targets: readonly Target[]): Promise<(target: Target) => string | null> {
  const members = new Map((await listMembers(ctx)).map((member) => [member.id, member]));
  const teamIds = targets.flatMap((target) => (target.kind === 'team' ? [target.teamId] : []));
  const teams = new Set((await listTeams(ctx, teamIds)).map(({ id }) => id));
  const scheduleIds = targets.flatMap((target) => (target.kind === 'schedule' ? [target.scheduleId] : []));
  const schedules = scheduleIds.length === 0 ? new Map() : await readOnCallOf(ctx, scheduleIds, ctx.now);
  const channels = await readChannelsToTell(ctx, channelIdsOf(targets));
  return (target) => {
    switch (target.kind) {
      case 'user': {
        const member = members.get(target.userId);
        if (!member) return `${target.userId} is not a member of this workspace`;
        return member.active ? null : `${member.name} is deactivated and cannot be paged`;
      }
      case 'team':
        return teams.has(target.teamId) ? null : `there is no team ${target.teamId}`;
      case 'schedule':
        return schedules.has(target.scheduleId) ? null : `there is no on-call schedule ${target.scheduleId}`;
      case 'channel':
        return channels.has(target.noticeChannelId) ? null : `there is no team channel ${target.noticeChannelId}`;
    }
  };
}
