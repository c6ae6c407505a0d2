import { pageOf, readCursor } from '#platform/page.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { countConfirmed } from '../subscriber/store.ts';
import { changeStatusPage } from './change-status-page.ts';
import { changeStatusPage as changeRoute, listStatusPages, readStatusPageRoute } from './contract.ts';
import { loadPublicPage } from './load-public-page.ts';
import { presentPage } from './present.ts';
import { findStatusPage, selectStatusPages, type StatusPageRow } from './store.ts';

const PAGE_ID = /^spg_[A-Za-z0-9_-]{1,64}$/;

const present = async (ctx: Ctx, row: StatusPageRow) =>
  presentPage(row, await loadPublicPage(ctx, row), await countConfirmed(ctx, [row.id]));

export const statusPageRoutes: readonly RouteBinding[] = [
  bind(listStatusPages, async (ctx, { query }) => {
    const after = readCursor(query, PAGE_ID);
    const all = await selectStatusPages(ctx);
    const rows = all.slice(after === null ? 0 : all.findIndex(({ id }) => id === after) + 1).slice(0, query.limit + 1);
    const items = await Promise.all(rows.map((row) => present(ctx, row)));
    return pageOf(
      items,
      query,
      (item) => item.id,
      (item) => item,
    );
  }),
  bind(readStatusPageRoute, async (ctx, { params }) => present(ctx, await findStatusPage(ctx, params.id))),
  bind(changeRoute, async (ctx, { params, body }) => present(ctx, await changeStatusPage(ctx, params.id, body))),
];
