import { readUser } from '#access';
import {
  deliveryAnswered,
  deliveryDropped,
  deliveryDue,
  deliveryFailed,
  deliveryLate,
  deliverySent,
  deliverySlow,
  deliveryWaits,
} from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { insertEntries, type NewEntry } from '../journal/store.ts';
import { awaitCheck } from '../page/await-check.ts';
import { hastenNextStep, stepHasFailed } from '../page/hasten-step.ts';
import { ASKING_STATES } from '../page/page.ts';
import { recordReached } from '../page/record-page.ts';
import { sendDueNotices } from '../page/send-notices.ts';
import { findPage, lockPage } from '../page/store.ts';
import { touchPage } from '../page/touch-page.ts';
import { alertsOf } from '../page/why-over.ts';
import { acknowledgedWords, acknowledgeFold } from './acknowledge-fold.ts';
import { foldNow, pagesNow } from './send-folds.ts';
import { type Fold, findFolded, findFoldOf } from './store.ts';

type About = {
  readonly purpose: string;
  readonly pageId: string | null;
  readonly userId: string | null;
  readonly deliveryId: string;
};

/** Which fold a delivery is the message of; undefined for any other delivery. */
async function foldOf(ctx: Ctx, { purpose, pageId, userId, deliveryId }: About): Promise<Fold | undefined> {
  return purpose === 'page' && pageId === null && userId !== null ? findFoldOf(ctx, deliveryId) : undefined;
}

/** What becomes of a message that stands for many pages becomes of each of them. */
export const hearFolds = [
  on(deliveryDue, async (ctx, delivery) => {
    const fold = await foldOf(ctx, delivery);
    if (!fold) return;
    if (!(await readUser(ctx, fold.userId)).active) delivery.drop('The person was deactivated.');
    else {
      const pages = await pagesNow(ctx, fold);
      if (pages.length === 0) delivery.drop('None of its pages waits any more.');
      else await awaitCheck(ctx, pages, await alertsOf(ctx, pages), delivery);
    }
  }),
  on(deliveryLate, async (ctx, delivery) => {
    const fold = await foldOf(ctx, delivery);
    const message = fold && (await foldNow(ctx, fold));
    if (message) delivery.reword(message);
  }),
  on(deliverySent, async (ctx, delivery) => {
    const fold = await foldOf(ctx, delivery);
    if (!fold) return;
    await note(ctx, fold, 'handed-over', 'The provider took the message that it was folded into.');
    for (const { pageId } of await findFolded(ctx, fold)) {
      const page = await findPage(ctx, pageId);
      if (page?.incidentId) await recordReached(ctx, page);
    }
  }),
  on(deliveryDropped, async (ctx, delivery) => {
    const fold = await foldOf(ctx, delivery);
    if (fold) await note(ctx, fold, 'dropped', `Not sent: ${delivery.why}`);
  }),
  on(deliveryWaits, async (ctx, delivery) => {
    const fold = await foldOf(ctx, delivery);
    if (fold) await note(ctx, fold, 'waiting', delivery.why);
  }),
  on(deliverySlow, async (ctx, delivery) => {
    const fold = await foldOf(ctx, delivery);
    if (!fold) return;
    const text = `No answer for ${delivery.seconds} s: the next method goes out now, and this one may still arrive.`;
    await note(ctx, fold, 'slow', text);
    await goOn(ctx, fold, false);
  }),
  on(deliveryFailed, async (ctx, failure) => {
    const fold = await foldOf(ctx, failure);
    if (!fold) return;
    const { why, final } = failure;
    const then = final ? 'Given up.' : 'It is tried again; the next method goes out now.';
    await note(ctx, fold, 'failed', `${why.replace(/\.$/, '')}. ${then}`);
    await goOn(ctx, fold, final);
  }),
  on(deliveryAnswered, async (ctx, { answer, channel, say, ...delivery }) => {
    const fold = await foldOf(ctx, delivery);
    if (!fold) return;
    if (!(await readUser(ctx, fold.userId)).active) return say('Your account was deactivated.');
    if (answer !== 'acknowledge') return say('These are several pages. Open the list to decide about each.');
    say(acknowledgedWords(await acknowledgeFold(ctx, fold, fold.userId, channel)));
  }),
];

/** The next method of the person for each of its pages; `final`: also the next step where all has failed. */
async function goOn(ctx: Ctx, fold: Fold, final: boolean): Promise<void> {
  for (const { pageId, userId } of await findFolded(ctx, fold)) {
    const page = await lockPage(ctx, pageId);
    if (!page || !ASKING_STATES.some((state) => state === page.state)) continue;
    await sendDueNotices(ctx, page, { userId });
    touchPage(ctx, page);
    if (final && (await stepHasFailed(ctx, page))) await hastenNextStep(ctx, page);
  }
}

async function note(ctx: Ctx, fold: Fold, kind: NewEntry['kind'], text: string): Promise<void> {
  const notices = await findFolded(ctx, fold);
  await insertEntries(
    ctx,
    notices.map(({ pageId, userId, kind: channel, step, cycle, deliveryId }) => ({
      pageId,
      userId,
      channel,
      step,
      cycle,
      deliveryId,
      kind,
      text,
    })),
  );
  for (const { pageId } of notices) touchPage(ctx, { id: pageId, alertId: null, incidentId: null });
}
