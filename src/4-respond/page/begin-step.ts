import type { Ctx } from '#platform/ctx.ts';
import { asksByTurns, targetsOf } from '../escalation/policy.ts';
import { endOfWait, readRoster, readSituation, type Roster } from '../escalation/roster.ts';
import { type Beginning, beginNext, waitsFrom } from '../escalation/steps.ts';
import { lockTurns, takeTurn } from '../escalation/turn-store.ts';
import { whenTold } from '../quiet-hours/quiet-until.ts';
import { type People, readPeople } from '../reach/people.ts';
import { ASKING_STATES, type Page } from './page.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { sendPosts } from './send-posts.ts';
import { recordExhausted, recordStep } from './record-page.ts';
import { sendNotices } from './send-notices.ts';
import { findNotices, insertNotices, movePage, type NoticeRow, supersedeNotices } from './store.ts';
import { ACCOUNT_METHOD } from './target.ts';
import { answeredBy } from './still-asked.ts';
import { touchPage } from './touch-page.ts';

/** Begins the next step of a page whose row this transaction holds: sends the messages that are due, plans the others. */
export async function beginStep(ctx: Ctx, page: Page): Promise<Page> {
  const people = await readPeople(ctx);
  const roster = await readRoster(ctx, targetsOf(page.document), ctx.now);
  if (page.policyId !== null && asksByTurns(page.document)) await lockTurns(ctx, page.policyId);
  const situation = await readSituation(ctx, page, roster, people);
  const next = beginNext(page.document, page, situation);
  if (next === null) return endOfPolicy(ctx, page);
  const answered = await answeredBy(ctx, page);
  const asking = { ...next, userIds: next.userIds.filter((userId) => !answered.has(userId)) };
  // Whoever has acknowledged is not asked again; a step of such people only is over before it begins.
  if (next.via === 'policy' && asking.userIds.length === 0) return beginStep(ctx, { ...page, ...next.position });
  const moved = await movePage(ctx, page.id, ASKING_STATES, {
    ...next.position,
    state: 'open',
    nextStepAt: endOfWait(page.document, roster, asking, situation),
  });
  if (!moved) return page;
  if (next.takesTurn && page.policyId !== null) await takeTurn(ctx, page.policyId, next.position.step);
  // Nothing stands yet before the first step; reading that would be one more thing between the fault and the page.
  const earlier = page.step < 0 ? [] : await findNotices(ctx, [page.id]);
  const dueAt = whenDue(ctx, page);
  const planned = planNotices(ctx, moved, asking, people);
  await supersedeNotices(ctx, page.id, planned, earlier);
  const due = planned.filter(({ dueAt }) => dueAt <= ctx.now);
  await recordStep(ctx, moved, asking, people, {
    channels: channelNames(roster, asking),
    dueAt,
    asleep: waitsFrom(page.document, asking, situation, ctx.now) > ctx.now,
  });
  const sent = await sendNotices(ctx, moved, people, due, [...earlier, ...planned], dueAt);
  await insertNotices(ctx, [...sent, ...planned.filter((notice) => !due.includes(notice))]);
  await sendPosts(ctx, moved, asking.channelIds, people, { notices: [...earlier, ...planned], dueAt });
  for (const at of wakeTimes(ctx, planned, moved)) await ctx.wake(PAGE_CLOCK, at);
  touchPage(ctx, moved);
  return moved;
}

/** When the step should have begun: long ago, when nothing of ours ran meanwhile; now, when somebody wants it early. */
function whenDue(ctx: Ctx, { nextStepAt }: Page): Date {
  return nextStepAt !== null && nextStepAt < ctx.now ? nextStepAt : ctx.now;
}

function channelNames({ channels }: Roster, { channelIds }: Beginning): string[] {
  return channelIds.flatMap((id) => channels.get(id)?.name ?? []);
}

function planNotices(ctx: Ctx, page: Page, next: Beginning, people: People): NoticeRow[] {
  const { workspaceId } = ctx;
  const { id: pageId, step, cycle, urgency } = page;
  const common = { workspaceId, pageId, step, cycle, state: 'planned', deliveryId: null, quietUntil: null } as const;
  const [lastResort] = people.responders;
  if (next.via === 'nobody' && lastResort !== undefined) {
    // The address of the account is tried, and the outbox shows what did not go out.
    return [
      {
        ...common,
        userId: lastResort,
        contactMethodId: ACCOUNT_METHOD,
        delaySeconds: 0,
        kind: 'email',
        dueAt: ctx.now,
      },
    ];
  }
  return next.userIds.flatMap((userId) =>
    (people.reachOf(userId, urgency)?.methods ?? []).map(({ contactMethodId, kind, delaySeconds }) => ({
      ...common,
      userId,
      contactMethodId,
      delaySeconds,
      kind,
      ...whenTold((at) => people.quietUntil(userId, urgency, at), ctx.now, delaySeconds),
    })),
  );
}

function wakeTimes(ctx: Ctx, planned: readonly { readonly dueAt: Date }[], page: Page): Date[] {
  const later = planned.filter(({ dueAt }) => dueAt > ctx.now).map(({ dueAt }) => dueAt.getTime());
  const times = new Set([...later, ...(page.nextStepAt ? [page.nextStepAt.getTime()] : [])]);
  return [...times].map((ms) => new Date(ms));
}

async function endOfPolicy(ctx: Ctx, page: Page): Promise<Page> {
  const moved = await movePage(ctx, page.id, ASKING_STATES, { state: 'open', nextStepAt: null });
  if (!moved) return page;
  await recordExhausted(ctx, moved);
  touchPage(ctx, moved);
  return moved;
}
