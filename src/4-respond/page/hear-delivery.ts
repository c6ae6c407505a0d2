import { readUser } from '#access';
import { appendEntry } from '#declare';
import {
  deliveryConfirmed,
  deliveryDropped,
  deliveryDue,
  deliveryFailed,
  deliveryLate,
  deliverySent,
  deliverySlow,
  deliveryWaits,
  readDeliveryStatuses,
} from '#delivery';
import { formatDuration, secondsBetween } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { insertEntries } from '../journal/store.ts';
import { awaitCheck } from './await-check.ts';
import { hastenNextStep, stepHasFailed } from './hasten-step.ts';
import { ASKING_STATES, type Page } from './page.ts';
import { recordReached } from './record-page.ts';
import { messageNow, sendDueNotices } from './send-notices.ts';
import { findPage, lockPage } from './store.ts';
import { touchPage } from './touch-page.ts';
import { readWhetherOver } from './why-over.ts';

type Failure = NonNullable<typeof deliveryFailed.payload>;

export const hearDeliveries = [
  on(deliveryDue, async (ctx, { pageId, userId, purpose, ...due }) => {
    if (purpose !== 'page' || pageId === null || userId === null) return;
    const { page, alerts, why } = await readWhetherOver(ctx, pageId);
    if (why !== null) due.drop(why);
    else if (!(await readUser(ctx, userId)).active) due.drop('The person was deactivated.');
    else if (page) await awaitCheck(ctx, [page], alerts, due);
  }),
  on(deliveryWaits, async (ctx, { pageId, userId, purpose, deliveryId, kind: channel, why: text }) => {
    if (purpose !== 'page' || pageId === null || userId === null) return;
    await insertEntries(ctx, [{ pageId, userId, deliveryId, channel, kind: 'waiting', text }]);
  }),
  on(deliveryDropped, async (ctx, { pageId, userId, purpose, deliveryId, kind: channel, why }) => {
    if (purpose !== 'page' || pageId === null || userId === null) return;
    await insertEntries(ctx, [{ pageId, userId, deliveryId, channel, kind: 'dropped', text: `Not sent: ${why}` }]);
  }),
  on(deliveryLate, async (ctx, { pageId, userId, purpose, deliveryId, dueAt, reword }) => {
    if (purpose !== 'page' || pageId === null || userId === null) return;
    const message = await messageNow(ctx, { pageId, userId, deliveryId, dueAt });
    if (message) reword(message);
  }),
  on(deliverySlow, async (ctx, { pageId, userId, purpose, deliveryId, kind: channel, seconds }) => {
    const page = purpose === 'page' && pageId !== null ? await lockPage(ctx, pageId) : undefined;
    if (!page || userId === null || !ASKING_STATES.some((state) => state === page.state)) return;
    const text = `No answer for ${seconds} s: the next method goes out now, and this one may still arrive.`;
    await insertEntries(ctx, [{ pageId: page.id, userId, deliveryId, channel, kind: 'slow', text }]);
    await sendDueNotices(ctx, page, { userId });
    touchPage(ctx, page);
  }),
  on(deliveryConfirmed, async (ctx, { pageId, userId, purpose, deliveryId, kind: channel }) => {
    if (purpose !== 'page' || pageId === null || userId === null) return;
    const text = channel === 'voice' ? 'Somebody picked up.' : 'The provider says that it arrived.';
    await insertEntries(ctx, [{ pageId, userId, deliveryId, channel, kind: 'delivered', text }]);
  }),
  on(deliverySent, async (ctx, { pageId, purpose, userId, deliveryId, kind }) => {
    const page = purpose === 'page' && pageId !== null ? await findPage(ctx, pageId) : undefined;
    if (!page || userId === null) return;
    const delivery = (await readDeliveryStatuses(ctx, [deliveryId])).get(deliveryId);
    const { attempts: attempt = 1, providerId = null, createdAt = ctx.now } = delivery ?? {};
    const waited = secondsBetween(createdAt, ctx.now);
    const tries = attempt > 1 ? ` at the ${nth(attempt)} try` : '';
    const text = `The provider took it${tries}${waited > 60 ? `, ${formatDuration(waited)} after it was due` : ''}.`;
    const about = { pageId: page.id, userId, deliveryId, channel: kind, attempt, providerId };
    await insertEntries(ctx, [{ ...about, kind: 'handed-over', text }]);
    await recordReached(ctx, page);
    touchPage(ctx, page);
  }),
  on(deliveryFailed, async (ctx, failure) => {
    if (failure.purpose === 'page' && failure.pageId !== null && failure.userId !== null) {
      await goOnWithout(ctx, failure, failure.pageId, failure.userId);
    }
  }),
];

/** A message did not get through: the person's next method is tried now; if the whole step failed, so is the next step. */
async function goOnWithout(ctx: Ctx, failure: Failure, pageId: string, userId: string): Promise<void> {
  const page = await lockPage(ctx, pageId);
  if (page) await journalFailure(ctx, page.id, failure, userId);
  if (!page || !ASKING_STATES.some((state) => state === page.state)) return;
  await noteFailure(ctx, page, failure, userId);
  await sendDueNotices(ctx, page, { userId });
  touchPage(ctx, page);
  if (failure.final && (await stepHasFailed(ctx, page))) await hastenNextStep(ctx, page);
}

async function journalFailure(ctx: Ctx, pageId: string, failure: Failure, userId: string): Promise<void> {
  const { deliveryId, kind: channel, why, final } = failure;
  const attempt = (await readDeliveryStatuses(ctx, [deliveryId])).get(deliveryId)?.attempts ?? null;
  const text = `${why.replace(/\.$/, '')}. ${final ? 'Given up.' : 'It is tried again; the next method goes out now.'}`;
  await insertEntries(ctx, [{ pageId, userId, deliveryId, channel, attempt, kind: 'failed', text }]);
}

async function noteFailure(ctx: Ctx, page: Page, failure: Failure, userId: string): Promise<void> {
  const { deliveryId, why, final, stuck } = failure;
  if (page.incidentId === null || !(final || stuck)) return;
  const { name } = await readUser(ctx, userId);
  await appendEntry(ctx, page.incidentId, {
    type: 'page',
    text: `A page to ${name} did not get through: ${why}`,
    data: { pageId: page.id, deliveryId, userId },
    idempotencyKey: `page-failed:${deliveryId}`,
  });
}

function nth(number: number): string {
  return number === 2 ? 'second' : number === 3 ? 'third' : `${number}th`;
}
