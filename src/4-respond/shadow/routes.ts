import { bind, type RouteBinding } from '#platform/stage.ts';
import * as contract from './contract.ts';
import { listShadowPages } from './read-shadow.ts';

export const shadowRoutes: readonly RouteBinding[] = [
  bind(contract.listShadowPages, (ctx, { query }) => listShadowPages(ctx, query)),
];
