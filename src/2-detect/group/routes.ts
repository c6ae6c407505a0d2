import type { RouteResult } from '#kernel/route.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { readStanding } from '../alert/standing-store.ts';
import { listStorms } from './contract.ts';
import { summarise } from './read-group.ts';
import { selectGroupSize, selectStorms } from './store.ts';

export const groupRoutes: readonly RouteBinding[] = [
  // In a storm every open dashboard asks again and again.
  bind(listStorms, (ctx) => ctx.together('storms', () => listThem(ctx))),
];

async function listThem(ctx: Ctx): Promise<RouteResult<typeof listStorms>> {
  const items = [];
  const { stormPerMinute } = await readStanding(ctx);
  for (const storm of await selectStorms(ctx)) {
    // A few monitors behind one address are a group like any other; as many as a storm are one.
    if (storm.kind === 'address' && (await selectGroupSize(ctx, storm.id)).count <= (stormPerMinute ?? Infinity))
      continue;
    const { group, count, open, by, causes } = await summarise(ctx, storm);
    const { id, leadId, openedAt, lastAt, openUntil } = group;
    const times = {
      openedAt: openedAt.toISOString(),
      lastAt: lastAt.toISOString(),
      openUntil: openUntil.toISOString(),
    };
    items.push({ id, leadId, ...times, count, open, by, causes: [...causes] });
  }
  return { items, nextCursor: null };
}
