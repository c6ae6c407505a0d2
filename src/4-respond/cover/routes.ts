import { bind, type RouteBinding } from '#platform/stage.ts';
import { acceptCover, declineCover, withdrawCover } from './answer-cover.ts';
import { askForCover, listCoverRequests } from './ask-for-cover.ts';
import * as contract from './contract.ts';

export const coverRoutes: readonly RouteBinding[] = [
  bind(contract.listCoverRequests, (ctx, { query }) => listCoverRequests(ctx, query)),
  bind(contract.askForCover, (ctx, { params, body }) => askForCover(ctx, params.id, body)),
  bind(contract.acceptCover, (ctx, { params }) => acceptCover(ctx, params.id)),
  bind(contract.declineCover, (ctx, { params }) => declineCover(ctx, params.id)),
  bind(contract.withdrawCover, (ctx, { params }) => withdrawCover(ctx, params.id)),
];
