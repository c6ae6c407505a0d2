import { appendEntry, recordEffect } from '#declare';
import { readDeliveryStatuses } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import { CHANNEL_WORDS } from '../contact-method/channel-words.ts';
import type { Beginning } from '../escalation/steps.ts';
import { type People, readPeople } from '../reach/people.ts';
import { journalStep } from '../journal/journal-step.ts';
import { insertEntries } from '../journal/store.ts';
import type { Page } from './page.ts';
import { findNotices, findPages, isQuiet } from './store.ts';

/** Writes into the page's journal and the incident's timeline whom a step asks, and why. */
export async function recordStep(
  ctx: Ctx,
  page: Page,
  next: Beginning,
  people: People,
  { channels, dueAt, asleep }: { readonly channels: readonly string[]; readonly dueAt: Date; readonly asleep: boolean },
): Promise<void> {
  await journalStep(ctx, page, next, { dueAt, asleep });
  if (page.incidentId === null) return;
  const names = next.userIds.map((userId) => describePerson(people, userId, page, ctx.now)).join(', ');
  const { step, cycle } = next.position;
  const round = cycle === 0 ? '' : `, round ${cycle + 1}`;
  const text = textOf(
    next,
    { names, channels: channels.map((name) => `“${name}”`).join(', ') },
    `step ${step + 1}${round}`,
  );
  await appendEntry(ctx, page.incidentId, {
    type: 'page',
    text,
    data: {
      pageId: page.id,
      step: step + 1,
      cycle: cycle + 1,
      userIds: next.userIds,
      noticeChannelIds: next.channelIds,
    },
    idempotencyKey: `page:${page.id}:${step}:${cycle}`,
  });
  if (page.cause === 'role-vacancy') return;
  // Nobody is asked by a channel, so nothing is said of who has been reached.
  if (next.via === 'channels') return;
  const state = next.via === 'nobody' ? 'failed' : 'pending';
  await recordEffect(ctx, page.incidentId, { effect: 'page', state, detail: text });
}

type Told = { readonly names: string; readonly channels: string };

function textOf(next: Beginning, { names, channels }: Told, where: string): string {
  const told = channels === '' ? '' : ` Told too: ${channels}.`;
  switch (next.via) {
    case 'policy':
      return `Paging ${names} (${where}).${told}`;
    case 'channels':
      return `Telling ${channels} (${where}); a channel wakes nobody.`;
    case 'fallback':
      return `Nobody in the escalation policy can be reached; paging ${names} instead (${where}).${told}`;
    case 'nobody':
      return `Nobody can be reached: nobody has a verified contact method on a working channel. The outbox shows what would have gone out.${told}`;
  }
}

function describePerson(people: People, userId: string, { urgency }: Page, now: Date): string {
  const methods = people.reachOf(userId, urgency)?.methods ?? [];
  const kinds = [...new Set(methods.map(({ kind }) => CHANNEL_WORDS[kind]))];
  const quiet = people.quietUntil(userId, urgency, now) === null ? '' : ' after their quiet hours';
  const name = people.nameOf(userId);
  return kinds.length === 0 ? name : `${name} by ${kinds.join(' and ')}${quiet}`;
}

/** Nobody acknowledged and the policy is gone through. */
export async function recordExhausted(ctx: Ctx, page: Page): Promise<void> {
  const waiting = (await findNotices(ctx, [page.id])).some((notice) => isQuiet(notice, ctx.now));
  const then = waiting ? 'whoever has quiet hours is told at their end' : 'nobody else will be paged';
  const text = `Nobody acknowledged, and the policy is gone through: ${then}.`;
  await insertEntries(ctx, [{ pageId: page.id, kind: 'exhausted', text }]);
  if (page.incidentId === null) return;
  await appendEntry(ctx, page.incidentId, {
    type: 'page',
    text: `Nobody acknowledged. The escalation policy is gone through; ${then}.`,
    data: { pageId: page.id },
    idempotencyKey: `page:${page.id}:exhausted`,
  });
}

/** A delivery of a page of an incident went out: the checklist says who has been reached. */
export async function recordReached(ctx: Ctx, page: Page): Promise<void> {
  if (page.incidentId === null || page.cause === 'role-vacancy') return;
  const pages = await findPages(ctx, { incidentId: page.incidentId });
  const notices = (
    await findNotices(
      ctx,
      pages.map(({ id }) => id),
    )
  ).filter(({ deliveryId }) => deliveryId !== null);
  const statuses = await readDeliveryStatuses(
    ctx,
    notices.flatMap(({ deliveryId }) => deliveryId ?? []),
  );
  const sent = notices.filter(({ deliveryId }) => deliveryId !== null && statuses.get(deliveryId)?.state === 'sent');
  const people = await readPeople(ctx);
  const reached = new Set(sent.map(({ userId, kind }) => `${people.nameOf(userId)} by ${CHANNEL_WORDS[kind]}`));
  const detail = `Paged ${[...reached].join(', ')}.`;
  await recordEffect(ctx, page.incidentId, { effect: 'page', state: 'done', detail });
}
