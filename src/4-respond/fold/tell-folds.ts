import { queueDelivery, readDeliveryStatuses } from '#delivery';
import { systemActor } from '#kernel/actor.ts';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import type { Rule } from '#platform/rule.ts';
import { quietly } from '../notice/quietly.ts';
import { findAnswers } from '../page/answer-store.ts';
import { pageAcknowledged, pageStopped } from '../page/events.ts';
import type { Page } from '../page/page.ts';
import { type Target, targetOf } from '../page/target.ts';
import { type People, readPeople } from '../reach/people.ts';
import { FOLD_NEWS_CLOCK } from './fold-clock.ts';
import { foldNews } from './fold-news.ts';
import { type Fold, findFolded, findSettled, isFolded, settleFolds } from './store.ts';
import { readFoldedPages } from './waiting-pages.ts';

const BATCH = 200;
const WORTH_TELLING_SECONDS = 3_600;

/**
 * Looks at it only after the commit: of two that end the last two pages of a message at the same moment neither would see
 * the other, and waiting for each other would hold up acknowledgements.
 */
export const hearFoldedPages = [
  on(pageAcknowledged, async (ctx, { page }) => lookAgain(ctx, page)),
  on(pageStopped, async (ctx, { page }) => lookAgain(ctx, page)),
];

async function lookAgain(ctx: Ctx, page: Page): Promise<void> {
  if (await isFolded(ctx, page.id)) await ctx.wake(FOLD_NEWS_CLOCK, ctx.now);
}

/** Tells whoever got many pages as one message, once, when none of them waits any more. */
export const tellFolds: Rule = {
  ...FOLD_NEWS_CLOCK,
  async run(system) {
    for (const { workspaceId, userId } of await findSettled(system, BATCH)) {
      try {
        await system.transact({ actor: systemActor('escalation'), workspaceId }, (ctx) => tell(ctx, userId));
      } catch (error) {
        system.log.error({ userId, err: String(error) }, 'the end of folded pages could not be told');
      }
    }
  },
};

/** What ended together is one message for each number or address that it went to, as it is of single pages. */
async function tell(ctx: Ctx, userId: string): Promise<void> {
  const folds = await settleFolds(ctx, userId);
  if (folds.length === 0) return;
  const statuses = await readDeliveryStatuses(
    ctx,
    folds.map(({ deliveryId }) => deliveryId),
  );
  const out = folds.filter(({ deliveryId }) => {
    const state = statuses.get(deliveryId)?.state;
    return state === 'sent' || state === 'sending';
  });
  const people = await readPeople(ctx);
  const places = new Map<string, { readonly target: Target; readonly folds: Fold[] }>();
  for (const fold of out) {
    const target = targetOf(ctx, fold, people);
    if (!target) continue;
    const kind = quietly(target.kind);
    const place = places.get(`${kind} ${target.address}`) ?? { target: { ...target, kind }, folds: [] };
    place.folds.push(fold);
    places.set(`${kind} ${target.address}`, place);
  }
  for (const place of places.values()) await tellPlace(ctx, place, people);
}

async function tellPlace(
  ctx: Ctx,
  { target, folds }: { readonly target: Target; readonly folds: readonly Fold[] },
  people: People,
): Promise<void> {
  const [first] = folds;
  if (!first) return;
  const { id: foldId, userId } = first;
  const pageIds = new Set<string>();
  for (const fold of folds) for (const { pageId } of await findFolded(ctx, fold)) pageIds.add(pageId);
  const ids = [...pageIds];
  const answers = await findAnswers(ctx, ids);
  const message = foldNews(await readFoldedPages(ctx, ids), {
    userId,
    foldId,
    url: `${ctx.publicUrl}/pages?person=${userId}`,
    nameOf: people.nameOf,
    hasAnswered: (pageId) => (answers.get(pageId) ?? []).some((answer) => answer.userId === userId),
  });
  if (!message) return;
  await queueDelivery(ctx, {
    ...target,
    message,
    purpose: 'notice',
    uniqueKey: `fold-news:${foldId}`,
    userId,
    notAfter: addSeconds(ctx.now, WORTH_TELLING_SECONDS),
  });
}
