import type { Workspace } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import type { People } from '../reach/people.ts';
import type { Outlook } from './plan.ts';
import { type PolicyDocument, targetsOf } from './policy.ts';
import { endOfWait, openRoster, readSituation, type Roster } from './roster.ts';
import type { Situation } from './steps.ts';

type About = { readonly policyId: string | null; readonly urgency: Urgency };

/** What a plan needs to know about instants from one on: who the policy's targets are then, and how they are reached now. */
export async function openOutlook(
  ctx: Ctx,
  document: PolicyDocument,
  about: About,
  people: People,
  from: Date,
  workspace: Workspace,
): Promise<(at: Date) => Promise<Outlook>> {
  const rosterAt = await openRoster(ctx, targetsOf(document), from, {
    workspace,
    members: [...people.members.values()],
  });
  return async (at) => {
    const roster = rosterAt(at);
    const situation = await readSituation(ctx, { ...about, document }, roster, people);
    return outlookOf(document, roster, situation, (userId) => people.reachOf(userId, about.urgency), people.nameOf);
  };
}

/** An outlook from what was looked up before. */
export function outlookOf(
  document: PolicyDocument,
  roster: Roster,
  situation: Situation,
  reachOf: Outlook['reachOf'],
  nameOf: (userId: string) => string,
): Outlook {
  const targetsIn = (step: number) => document.steps[step]?.targets ?? [];
  return {
    situation,
    reachOf,
    because(step, userId) {
      const by = targetsIn(step).filter((target) => roster.peopleOf(target).includes(userId));
      return by.some(({ kind }) => kind === 'user') ? null : ((by[0] && roster.because(by[0], userId, nameOf)) ?? null);
    },
    holes: (step) => targetsIn(step).flatMap((target) => roster.hole(target) ?? []),
    channelOf: (noticeChannelId) => roster.channels.get(noticeChannelId),
    endOfWait: (begun) => endOfWait(document, roster, begun, situation),
    closedUntil: roster.closedUntil,
  };
}
