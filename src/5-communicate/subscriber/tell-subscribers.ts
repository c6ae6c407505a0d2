import { queueDelivery } from '#delivery';
import { systemActor } from '#kernel/actor.ts';
import { HOUR_MS } from '#kernel/duration.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { pageUrl } from '../status-page/present.ts';
import { selectStatusPages, type StatusPageRow } from '../status-page/store.ts';
import { findUpdate, selectUpdates } from '../update/store.ts';
import type { Update } from '../update/update.ts';
import { linkToken } from './link.ts';
import { updateMail } from './mail.ts';
import { findById, selectToTell, type SubscriberRow } from './store.ts';
import { type TellSubscribers, tellSubscribersJob } from './tell-subscribers-job.ts';

/** Small enough that a crash repeats little, large enough that 100,000 take minutes. */
const BATCH = 500;
/** An update that could not be sent for so long is no news; the page has it. */
const WORTH_SENDING_MS = 6 * HOUR_MS;

/**
 * One step of telling everybody: a batch of messages and the job for the next batch are one transaction, and each
 * message has a key of its own, so that a repeated step sends nobody the same twice.
 */
export async function tellSubscribers(system: System, job: TellSubscribers): Promise<void> {
  await system.transact({ actor: systemActor('subscribers'), workspaceId: job.workspaceId }, async (ctx) => {
    const update = await findUpdate(ctx, job.updateId);
    if (!update || update.drill || update.statusPageIds.length === 0) return;
    const pages = new Map((await selectStatusPages(ctx)).map((page) => [page.id, page]));
    const subscribers = await selectToTell(ctx, {
      statusPageIds: update.statusPageIds,
      componentIds: await componentsOf(ctx, update),
      afterId: job.afterId,
      limit: BATCH,
    });
    for (const subscriber of subscribers) await queueMail(ctx, update, subscriber, pages.get(subscriber.statusPageId));
    const last = subscribers.at(-1);
    if (last && subscribers.length === BATCH) await ctx.send(tellSubscribersJob, { ...job, afterId: last.id });
  });
}

/** Whoever cares about a component that the incident touched hears the incident to its end. */
async function componentsOf(ctx: Ctx, update: Update): Promise<string[]> {
  const said = await selectUpdates(ctx, [update.incidentId]);
  return [...new Set(said.flatMap(({ components }) => components.map(({ id }) => id)))];
}

async function queueMail(
  ctx: Ctx,
  update: Update,
  subscriber: SubscriberRow,
  page: StatusPageRow | undefined,
): Promise<void> {
  if (!page?.published) return;
  const shown = { name: page.name, url: pageUrl(ctx, page), timeZone: page.timeZone };
  await queueDelivery(ctx, {
    kind: 'email',
    address: subscriber.email,
    message: updateMail(shown, update, linkToken(ctx.secrets, 'manage', subscriber)),
    purpose: 'subscriber',
    uniqueKey: `update:${update.id}:${subscriber.id}`,
    incidentId: update.incidentId,
    subscriberId: subscriber.id,
    notAfter: new Date(update.postedAt.getTime() + WORTH_SENDING_MS),
  });
}

/** Whoever left between the queue and the wire is not written to. */
export async function dropUnsubscribed(
  ctx: Ctx,
  due: { readonly purpose: string; readonly subscriberId: string | null; readonly drop: (why: string) => void },
): Promise<void> {
  if (due.purpose !== 'subscriber' || due.subscriberId === null) return;
  const row = await findById(ctx, due.subscriberId);
  if (!row) due.drop('The subscriber was erased.');
  else if (row.state === 'unsubscribed') due.drop('The subscriber has left.');
}
