import { bind, type RouteBinding } from '#platform/stage.ts';
import { createAbsence, deleteAbsence, listAbsences, readAbsenceEffects } from './change-absences.ts';
import * as contract from './contract.ts';

export const absenceRoutes: readonly RouteBinding[] = [
  bind(contract.listAbsences, (ctx, { query }) => listAbsences(ctx, query)),
  bind(contract.readAbsenceEffects, async (ctx, { query }) => ({ effects: await readAbsenceEffects(ctx, query) })),
  bind(contract.createAbsence, (ctx, { body }) => createAbsence(ctx, body)),
  bind(contract.deleteAbsence, (ctx, { params }) => deleteAbsence(ctx, params.id)),
];
