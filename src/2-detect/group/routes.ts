import { bind, type RouteBinding } from '#platform/stage.ts';
import { listStorms } from './contract.ts';
import { summarise } from './read-group.ts';
import { selectStorms } from './store.ts';

export const groupRoutes: readonly RouteBinding[] = [
  bind(listStorms, async (ctx) => {
    const items = [];
    for (const storm of await selectStorms(ctx)) {
      const { group, count, open, causes } = await summarise(ctx, storm);
      const { id, leadId, openedAt, lastAt, openUntil } = group;
      const times = {
        openedAt: openedAt.toISOString(),
        lastAt: lastAt.toISOString(),
        openUntil: openUntil.toISOString(),
      };
      items.push({ id, leadId, ...times, count, open, causes: [...causes] });
    }
    return { items, nextCursor: null };
  }),
];
