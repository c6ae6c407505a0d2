import { bind, type RouteBinding } from '#platform/stage.ts';
import { createCalendarFeed, listCalendarFeeds, revokeCalendarFeed } from './change-feeds.ts';
import { importCalendar, planCalendarImport } from './import-calendar.ts';
import * as contract from './contract.ts';

export const calendarRoutes: readonly RouteBinding[] = [
  bind(contract.listCalendarFeeds, (ctx, { query }) => listCalendarFeeds(ctx, query)),
  bind(contract.createCalendarFeed, (ctx, { body }, system) => createCalendarFeed(ctx, system.config.publicUrl, body)),
  bind(contract.revokeCalendarFeed, (ctx, { params }) => revokeCalendarFeed(ctx, params.id)),
  bind(contract.planCalendarImport, (ctx, { params, body }) => planCalendarImport(ctx, params.id, body)),
  bind(contract.importCalendar, (ctx, { params, body }) => importCalendar(ctx, params.id, body)),
];
