import { pageOf, readCursor } from '#platform/page.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { loadPublicPage } from '../status-page/load-public-page.ts';
import { presentComponent } from '../status-page/present.ts';
import { findStatusPage } from '../status-page/store.ts';
import { changeComponent, createComponent, removeComponent } from './change-components.ts';
import {
  changeComponent as changeRoute,
  createComponentRoute,
  listComponents,
  removeComponent as removeRoute,
} from './contract.ts';
import { type ComponentRow, selectComponents } from './store.ts';

const COMPONENT_ID = /^cmp_[A-Za-z0-9_-]{1,64}$/;

export const componentRoutes: readonly RouteBinding[] = [
  bind(listComponents, async (ctx, { query }) => {
    const after = readCursor(query, COMPONENT_ID);
    const all = await selectComponents(ctx, { statusPageId: query.statusPageId });
    const rows = all.slice(after === null ? 0 : all.findIndex(({ id }) => id === after) + 1).slice(0, query.limit + 1);
    const items = await presentAll(ctx, rows);
    return pageOf(
      items,
      query,
      (item) => item.id,
      (item) => item,
    );
  }),
  bind(createComponentRoute, async (ctx, { body }) => presentOne(ctx, await createComponent(ctx, body))),
  bind(changeRoute, async (ctx, { params, body }) => presentOne(ctx, await changeComponent(ctx, params.id, body))),
  bind(removeRoute, (ctx, { params }) => removeComponent(ctx, params.id)),
];

async function presentAll(ctx: Ctx, rows: readonly ComponentRow[]) {
  const shown = new Map<string, { status: ComponentRow['status'] | 'unknown'; statusSince: string | null }>();
  for (const pageId of new Set(rows.map((row) => row.statusPageId))) {
    const page = await loadPublicPage(ctx, await findStatusPage(ctx, pageId));
    for (const { id, status, statusSince } of page.components) shown.set(id, { status, statusSince });
  }
  return rows.map((row) => presentComponent(row, shown.get(row.id) ?? { status: row.status, statusSince: null }));
}

async function presentOne(ctx: Ctx, row: ComponentRow) {
  const [view] = await presentAll(ctx, [row]);
  if (!view) throw new Error(`component ${row.id} was not presented`);
  return view;
}
