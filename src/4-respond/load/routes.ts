import { bind, type RouteBinding } from '#platform/stage.ts';
import * as contract from './contract.ts';
import { readLoadReport } from './read-load.ts';
import { readSwaps } from './read-swaps.ts';

export const loadRoutes: readonly RouteBinding[] = [
  bind(contract.readLoad, (ctx, { query }) => readLoadReport(ctx, query)),
  bind(contract.suggestSwapsRoute, (ctx, { query }) => readSwaps(ctx, query)),
];
