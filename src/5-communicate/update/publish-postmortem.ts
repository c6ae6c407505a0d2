import { audit } from '#access';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageUrl } from '../status-page/present.ts';
import { selectStatusPages, touchPages } from '../status-page/store.ts';
import { deletePostmortem, savePostmortem, selectPagesOf } from './store.ts';

export type PostmortemCopy = { readonly incidentId: string; readonly title: string; readonly body: string };

/**
 * Puts the edited public copy of a postmortem (Markdown) on every page that showed the incident, or on every page when
 * none did; again replaces the text. Answers with the addresses at which it can be read.
 */
export async function publishPostmortem(ctx: Ctx, copy: PostmortemCopy): Promise<{ readonly urls: readonly string[] }> {
  await savePostmortem(ctx, { incidentId: copy.incidentId, title: copy.title, body: copy.body });
  await audit(ctx, { action: 'postmortem-copy.publish', subjectId: copy.incidentId, detail: { title: copy.title } });
  const shown = await selectPagesOf(ctx, copy.incidentId);
  const pages = (await selectStatusPages(ctx)).filter(({ id }) => shown.length === 0 || shown.includes(id));
  await touchPages(
    ctx,
    pages.map(({ id }) => id),
  );
  return {
    urls: pages.filter((page) => page.published).map((page) => `${pageUrl(ctx, page)}/postmortems/${copy.incidentId}`),
  };
}

/** Takes it back from every page. Refuses when there is none. */
export async function withdrawPostmortem(ctx: Ctx, incidentId: string): Promise<void> {
  if (!(await deletePostmortem(ctx, incidentId))) throw notFound('published postmortem of', incidentId);
  await audit(ctx, { action: 'postmortem-copy.withdraw', subjectId: incidentId });
  await touchPages(
    ctx,
    (await selectStatusPages(ctx)).map(({ id }) => id),
  );
}
