import type { Ctx } from '#platform/ctx.ts';
import type { Page } from './page.ts';

/**
 * Stops a page because a person is on it; tells everybody who was paged, acknowledges the alert, keeps the promise, and
 * makes the person incident commander when the incident has none (or when they take command). Refuses `conflict` when
 * somebody else was first or the page is over.
 */
export async function acknowledgePage(
  _ctx: Ctx,
  _pageId: string,
  _userId: string,
  _channel: string,
  _options: { takeCommand?: boolean } = {},
): Promise<Page> {
  throw new Error('not built yet');
}
