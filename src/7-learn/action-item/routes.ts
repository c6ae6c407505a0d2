import { pageOf, readCursor } from '#platform/page.ts';
import { bind } from '#platform/stage.ts';
import { editActionItem, finishActionItem, waiveActionItem } from './change-action-item.ts';
import {
  createActionItemRoute,
  editActionItemRoute,
  finishActionItemRoute,
  listActionItemsRoute,
  waiveActionItemRoute,
} from './contract.ts';
import { presentActionItem, presentActionItems, readToday } from './present.ts';
import { raiseActionItem } from './raise-action-item.ts';
import { selectActionItems } from './store.ts';

const KEY = /^\d{4}-\d{2}-\d{2} act_[A-Za-z0-9_-]+$/;

export const routes = [
  bind(listActionItemsRoute, async (ctx, { query }) => {
    const [dueOn, id] = readCursor(query, KEY)?.split(' ') ?? [];
    const dueBefore = query.overdue ? (await readToday(ctx)).today.toString() : undefined;
    const rows = await selectActionItems(ctx, {
      state: query.overdue ? 'open' : query.state,
      incidentId: query.incidentId,
      ownerId: query.ownerId,
      dueBefore,
      after: dueOn && id ? { dueOn, id } : undefined,
      limit: query.limit + 1,
    });
    const page = pageOf(
      rows,
      query,
      (row) => `${row.dueOn} ${row.id}`,
      (row) => row,
    );
    return { items: await presentActionItems(ctx, page.items), nextCursor: page.nextCursor };
  }),
  bind(createActionItemRoute, async (ctx, { params, body }) =>
    presentActionItem(ctx, await raiseActionItem(ctx, params.id, body)),
  ),
  bind(editActionItemRoute, async (ctx, { params, body }) =>
    presentActionItem(ctx, await editActionItem(ctx, params.id, body)),
  ),
  bind(finishActionItemRoute, async (ctx, { params }) =>
    presentActionItem(ctx, await finishActionItem(ctx, params.id)),
  ),
  bind(waiveActionItemRoute, async (ctx, { params, body }) =>
    presentActionItem(ctx, await waiveActionItem(ctx, params.id, body.reason)),
  ),
];
