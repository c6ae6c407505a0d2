import { bind, type RouteBinding } from '#platform/stage.ts';
import { applyImport } from './apply-import.ts';
import * as contract from './contract.ts';
import { listImports, planImport, readImport } from './plan-import.ts';

export const importRoutes: readonly RouteBinding[] = [
  bind(contract.createImport, (ctx, { body }) => planImport(ctx, body)),
  bind(contract.listImports, (ctx, { query }) => listImports(ctx, query)),
  bind(contract.readImport, (ctx, { params }) => readImport(ctx, params.id)),
  bind(contract.applyImport, (ctx, { params }) => applyImport(ctx, params.id)),
];
