import { bind, type RouteBinding } from '#platform/stage.ts';
import { readRouting, saveRouting, tryRouting } from './contract.ts';
import { readRoutingView } from './read-routing.ts';
import { changeRouting } from './save-routing.ts';
import { tryRoutes } from './try-routing.ts';

export const routingRoutes: readonly RouteBinding[] = [
  bind(readRouting, (ctx) => readRoutingView(ctx)),
  bind(saveRouting, (ctx, { body }) => changeRouting(ctx, body)),
  bind(tryRouting, async (ctx, { body }) => ({ items: await tryRoutes(ctx, body) })),
];
