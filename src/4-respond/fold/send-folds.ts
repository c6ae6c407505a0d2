import { type Message, queueDelivery } from '#delivery';
import { systemActor } from '#kernel/actor.ts';
import { addSeconds } from '#kernel/duration.ts';
import { readServices } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { insertEntries } from '../journal/store.ts';
import type { Page } from '../page/page.ts';
import { EARLY_MS } from '../page/page-clock.ts';
import { targetOf } from '../page/target.ts';
import type { NoticeRow } from '../page/store.ts';
import { touchPage } from '../page/touch-page.ts';
import { readPeople } from '../reach/people.ts';
import { FOLD_CLOCK, GATHER_SECONDS, PAUSE_SECONDS } from './fold-clock.ts';
import { foldToken } from './fold-link.ts';
import { foldMessage, foldSubject } from './fold-message.ts';
import {
  type Fold,
  findFolded,
  findFolding,
  findLastFold,
  findReceivers,
  holdReceiver,
  insertFold,
  type Receiver,
  settleFolding,
} from './store.ts';
import { waitingPages } from './waiting-pages.ts';

const BATCH = 200;

/** Writes the pages that wait for one person by one method into one message: at once, then once a minute at most. */
export const sendFolds: Rule = {
  ...FOLD_CLOCK,
  async run(system) {
    for (const { workspaceId, ...receiver } of await findReceivers(system, BATCH)) {
      try {
        await system.transact({ actor: systemActor('escalation'), workspaceId }, (ctx) => sendFold(ctx, receiver));
      } catch (error) {
        system.log.error({ userId: receiver.userId, err: String(error) }, 'folded pages could not be sent');
      }
    }
  },
};

async function sendFold(ctx: Ctx, receiver: Receiver): Promise<void> {
  if (!(await holdReceiver(ctx, receiver))) return;
  const notices = await findFolding(ctx, receiver);
  const next = await whenNext(ctx, receiver, notices);
  if (next.getTime() > ctx.now.getTime() + EARLY_MS) return ctx.wake(FOLD_CLOCK, next);
  const pageIds = [...new Set(notices.map(({ pageId }) => pageId))];
  const pages = await waitingPages(ctx, pageIds, receiver.userId);
  const people = await readPeople(ctx);
  const target = targetOf(ctx, receiver, people);
  const going = target === null ? [] : pages;
  const isGoing = new Set(going.map(({ id }) => id));
  await cancel(
    ctx,
    receiver,
    pageIds.filter((id) => !isGoing.has(id)),
  );
  const [kind] = notices.map((notice) => notice.kind);
  if (target === null || going.length === 0 || kind === undefined) return;
  const id = ctx.newId('fld');
  const deliveryId = await queueDelivery(ctx, {
    ...target,
    message: await messageOf(ctx, { id, userId: receiver.userId }, going),
    purpose: 'page',
    uniqueKey: `page-fold:${id}`,
    userId: receiver.userId,
  });
  await insertFold(ctx, { ...receiver, id, deliveryId, createdAt: ctx.now, settledAt: null });
  await settleFolding(ctx, receiver, [...isGoing], { deliveryId });
  const text = `Folded into “${foldSubject(going.length)}”.`;
  const about = { userId: receiver.userId, channel: kind, deliveryId, text };
  await insertEntries(
    ctx,
    going.map((page) => ({ ...about, pageId: page.id, kind: 'folded' })),
  );
  for (const page of going) touchPage(ctx, page);
}

/** A moment after the first of them, so that what comes together is told together; and not too soon after the last one. */
async function whenNext(ctx: Ctx, receiver: Receiver, notices: readonly NoticeRow[]): Promise<Date> {
  const last = await findLastFold(ctx, receiver);
  const firstMs = Math.min(...notices.map(({ dueAt }) => dueAt.getTime()), ctx.now.getTime());
  const gathered = addSeconds(new Date(firstMs), GATHER_SECONDS);
  const paused = last === null ? gathered : addSeconds(last, PAUSE_SECONDS);
  return paused > gathered ? paused : gathered;
}

async function cancel(ctx: Ctx, receiver: Receiver, pageIds: readonly string[]): Promise<void> {
  await settleFolding(ctx, receiver, pageIds, { state: 'cancelled' });
  const text = 'Not sent: nobody needs it any more.';
  const { userId } = receiver;
  await insertEntries(
    ctx,
    pageIds.map((pageId) => ({ pageId, userId, kind: 'cancelled', text })),
  );
}

/** Of the pages that a message stands for, those that still wait for an answer of its person. */
export async function pagesNow(ctx: Ctx, fold: Fold): Promise<Page[]> {
  const notices = await findFolded(ctx, fold);
  const pageIds = notices.map(({ pageId }) => pageId);
  return waitingPages(ctx, pageIds, fold.userId);
}

/** What a message that was written earlier has to say by now; null when nothing of it waits any more. */
export async function foldNow(ctx: Ctx, fold: Fold): Promise<Message | null> {
  const pages = await pagesNow(ctx, fold);
  return pages.length === 0 ? null : messageOf(ctx, fold, pages);
}

async function messageOf(
  ctx: Ctx,
  { id, userId }: Pick<Fold, 'id' | 'userId'>,
  pages: readonly Page[],
): Promise<Message> {
  const serviceIds = [...new Set(pages.flatMap(({ serviceId }) => serviceId ?? []))];
  const services = serviceIds.length === 0 ? [] : await readServices(ctx, serviceIds);
  const names = new Map(services.map((service) => [service.id, service.name]));
  const token = foldToken(ctx.secrets, { workspaceId: ctx.workspaceId, foldId: id, userId });
  return foldMessage(pages, {
    foldId: id,
    url: `${ctx.publicUrl}/w/${token}`,
    serviceName: (serviceId) => names.get(serviceId) ?? null,
  });
}
