import { notFound } from '#kernel/errors.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { listPage, shownMonitor } from '../monitor/routes.ts';
import * as contract from './contract.ts';
import { createHeartbeat, editHeartbeat } from './create-heartbeat.ts';

export const heartbeatRoutes: readonly RouteBinding[] = [
  bind(contract.listHeartbeats, (ctx, { query }) => listPage(ctx, { kind: 'heartbeat' }, query)),
  bind(contract.getHeartbeat, async (ctx, { params }) => {
    const shown = await shownMonitor(ctx, params.id);
    if (shown.kind !== 'heartbeat') throw notFound('heartbeat', params.id);
    return shown;
  }),
  bind(contract.postHeartbeat, async (ctx, { body }) => shownMonitor(ctx, await createHeartbeat(ctx, body))),
  bind(contract.patchHeartbeat, async (ctx, { params, body }) => {
    await editHeartbeat(ctx, params.id, body);
    return shownMonitor(ctx, params.id);
  }),
];
