import { bind, type RouteBinding } from '#platform/stage.ts';
import { readPlan, savePlan } from './change-plan.ts';
import * as contract from './contract.ts';
import { listDrilledPeople, listDrills, readDrill } from './read-drills.ts';
import { drillMyself, endDrill, startDrill } from './start-drill.ts';

export const drillRoutes: readonly RouteBinding[] = [
  bind(contract.listDrills, (ctx, { query }) => listDrills(ctx, query)),
  bind(contract.readDrillRoute, (ctx, { params }) => readDrill(ctx, params.id)),
  bind(contract.listDrilledPeople, (ctx) => listDrilledPeople(ctx)),
  bind(contract.startDrillRoute, (ctx, { body }) => startDrill(ctx, body.of)),
  bind(contract.drillMyselfRoute, (ctx) => drillMyself(ctx)),
  bind(contract.endDrillRoute, (ctx, { params }) => endDrill(ctx, params.id)),
  bind(contract.readDrillPlan, (ctx) => readPlan(ctx)),
  bind(contract.saveDrillPlan, (ctx, { body }) => savePlan(ctx, body.plan)),
];
