import type { Ctx } from '#platform/ctx.ts';
import { pageUrl } from '../status-page/present.ts';
import { selectStatusPages } from '../status-page/store.ts';
import { countConfirmed } from '../subscriber/store.ts';
import type { UpdateDraftView, UpdateView } from './contract.ts';
import type { Draft } from './draft-update.ts';
import { lintUpdate } from './lint.ts';
import { selectPagesOf, selectUpdates } from './store.ts';
import type { Update } from './update.ts';

export function presentUpdate(update: Update): UpdateView {
  return {
    ...update,
    components: [...update.components],
    statusPageIds: [...update.statusPageIds],
    postedAt: update.postedAt.toISOString(),
    nextUpdateBy: update.nextUpdateBy?.toISOString() ?? null,
  };
}

/** A draft, with what its author wants to know before it goes out: where it would stand and who would be told. */
export async function presentDraft(ctx: Ctx, incidentId: string, draft: Draft): Promise<UpdateDraftView> {
  const standing = await selectPagesOf(ctx, incidentId);
  const pages = (await selectStatusPages(ctx)).filter(
    (page) => page.published && (standing.length === 0 || standing.includes(page.id)),
  );
  const last = (await selectUpdates(ctx, [incidentId])).at(-1);
  return {
    ...draft,
    components: [...draft.components],
    nextUpdateBy: draft.nextUpdateBy?.toISOString() ?? null,
    findings: lintUpdate(draft.body),
    statusPages: pages.map((page) => ({
      id: page.id,
      name: page.name,
      url: pageUrl(ctx, page),
      timeZone: page.timeZone,
    })),
    subscriberCount: await countConfirmed(
      ctx,
      pages.map(({ id }) => id),
    ),
    lastUpdateAt: last?.postedAt.toISOString() ?? null,
  };
}
