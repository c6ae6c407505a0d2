import { bind, type RouteBinding } from '#platform/stage.ts';
import { applyConfig } from './apply-config.ts';
import * as contract from './contract.ts';
import { exportConfig } from './export-config.ts';
import { workOut } from './work-out.ts';

export const configRoutes: readonly RouteBinding[] = [
  bind(contract.planConfig, async (ctx, { body }) => (await workOut(ctx, body)).plan),
  bind(contract.applyConfig, (ctx, { body }) => applyConfig(ctx, body)),
  bind(contract.exportConfig, async (ctx, { query }) => ({ text: await exportConfig(ctx, query.set) })),
];
