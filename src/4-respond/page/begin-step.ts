import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type Beginning, beginNext } from '../escalation/steps.ts';
import { fallbackPeople, readReach } from '../reach/read-reach.ts';
import type { Page } from './page.ts';
import { ASKING_STATES } from './page.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { recordExhausted, recordStep } from './record-page.ts';
import { sendDueNotices } from './send-notices.ts';
import { insertNotices, movePage } from './store.ts';
import { touchPage } from './touch-page.ts';

/** The pseudo method that stands for the address of a person's account. */
export const ACCOUNT_METHOD = 'account';

/** Begins the next step of a page whose row this transaction holds: plans its messages and sends those that are due. */
export async function beginStep(ctx: Ctx, page: Page): Promise<Page> {
  const fallback = await fallbackPeople(ctx);
  const reach = await readReach(
    ctx,
    [...page.document.steps.flatMap(({ userIds }) => userIds), ...fallback],
    page.urgency,
  );
  const next = beginNext(page.document, page, (userId) => reach.get(userId)?.unreachable === null, fallback);
  if (next === null) return endOfPolicy(ctx, page);
  const moved = await movePage(ctx, page.id, ASKING_STATES, {
    ...next.position,
    state: 'open',
    nextStepAt: addSeconds(ctx.now, next.waitSeconds),
  });
  if (!moved) return page;
  const methods = next.userIds.flatMap(
    (userId) => reach.get(userId)?.methods.map((method) => ({ ...method, userId })) ?? [],
  );
  const planned = methods.map(({ userId, contactMethodId, kind, delaySeconds }) => ({
    ...noticeKey(ctx, moved, userId, contactMethodId),
    kind,
    dueAt: addSeconds(ctx.now, delaySeconds),
  }));
  await insertNotices(ctx, [...planned, ...lastResort(ctx, moved, next, fallback)]);
  await recordStep(ctx, moved, next, reach);
  await sendDueNotices(ctx, moved);
  for (const at of wakeTimes(ctx, planned, moved)) await ctx.wake(PAGE_CLOCK, at);
  touchPage(ctx, moved);
  return moved;
}

/** Nobody at all can be reached: the owner's account address is tried, and the outbox shows what did not go out. */
function lastResort(ctx: Ctx, page: Page, next: Beginning, fallback: readonly string[]) {
  const [ownerId] = fallback;
  if (next.via !== 'nobody' || ownerId === undefined) return [];
  return [{ ...noticeKey(ctx, page, ownerId, ACCOUNT_METHOD), kind: 'email' as const, dueAt: ctx.now }];
}

function noticeKey(ctx: Ctx, { id: pageId, step, cycle }: Page, userId: string, contactMethodId: string) {
  const { workspaceId } = ctx;
  return { workspaceId, pageId, userId, contactMethodId, step, cycle, state: 'planned' as const, deliveryId: null };
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
