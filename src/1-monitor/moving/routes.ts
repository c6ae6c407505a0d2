import { bind, type RouteBinding } from '#platform/stage.ts';
import { convertMonitoring } from './contract.ts';
import { moveMonitoring } from './move.ts';

export const movingRoutes: readonly RouteBinding[] = [
  bind(convertMonitoring, (ctx, { body }) => moveMonitoring(body, ctx.now), 'bare'),
];
