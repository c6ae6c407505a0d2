import { defineRouteFor } from '#kernel/route.ts';
import type { RoutePermission } from './permission.ts';

/** Makes a route object; see `RouteSpec`. */
export const defineRoute = defineRouteFor<RoutePermission>();
