import { bind, type RouteBinding } from '#platform/stage.ts';
import { shownMonitor } from '../monitor/routes.ts';
import * as contract from './contract.ts';
import { revokePreviousKey, rotateKey } from './rotate-key.ts';

export const senderKeyRoutes: readonly RouteBinding[] = [
  bind(contract.rotateMonitorKey, async (ctx, { params, body }) => {
    await rotateKey(ctx, params.id, body.graceSeconds);
    return shownMonitor(ctx, params.id);
  }),
  bind(contract.revokePreviousMonitorKey, async (ctx, { params }) => {
    await revokePreviousKey(ctx, params.id);
    return shownMonitor(ctx, params.id);
  }),
];
