import { bind, type RouteBinding } from '#platform/stage.ts';
import { presentAlert } from '../alert/present.ts';
import { reportProblem } from './contract.ts';
import { reportByPerson } from './report-by-person.ts';

export const reportRoutes: readonly RouteBinding[] = [
  bind(reportProblem, async (ctx, { body }) => presentAlert(ctx, await reportByPerson(ctx, body))),
];
