import { bind, type RouteBinding } from '#platform/stage.ts';
import { createCalendarFeed, listCalendarFeeds, revokeCalendarFeed } from './change-feeds.ts';
import * as contract from './contract.ts';

export const calendarRoutes: readonly RouteBinding[] = [
  bind(contract.listCalendarFeeds, (ctx, { query }) => listCalendarFeeds(ctx, query)),
  bind(contract.createCalendarFeed, (ctx, { body }, system) => createCalendarFeed(ctx, system.config.publicUrl, body)),
  bind(contract.revokeCalendarFeed, (ctx, { params }) => revokeCalendarFeed(ctx, params.id)),
];
