import { bind, type RouteBinding } from '#platform/stage.ts';
import { readQuietHours, saveQuietHours } from './change-quiet-hours.ts';
import * as contract from './contract.ts';

export const quietHoursRoutes: readonly RouteBinding[] = [
  bind(contract.readQuietHours, (ctx, { query }) => readQuietHours(ctx, query.userId)),
  bind(contract.saveQuietHours, (ctx, { body }) => saveQuietHours(ctx, body.windows)),
];
