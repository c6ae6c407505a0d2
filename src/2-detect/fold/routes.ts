import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { selectGroup } from '../group/store.ts';
import { actOnFold } from './act-on-fold.ts';
import { readAlert } from '../alert/read-alerts.ts';
import { actOnExplained, actOnGroup, listExplainedFolds, listGroupFolds } from './contract.ts';
import { readFolds } from './read-folds.ts';
import type { Whose } from './store.ts';

export const foldRoutes: readonly RouteBinding[] = [
  bind(listGroupFolds, async (ctx, { params, query }) => readFolds(ctx, await groupOf(ctx, params.id), query)),
  bind(actOnGroup, async (ctx, { params, body }) => actOnFold(ctx, await groupOf(ctx, params.id), body)),
  bind(listExplainedFolds, async (ctx, { params, query }) => readFolds(ctx, await causeOf(ctx, params.id), query)),
  bind(actOnExplained, async (ctx, { params, body }) => actOnFold(ctx, await causeOf(ctx, params.id), body)),
];

async function causeOf(ctx: Ctx, alertId: string): Promise<Whose> {
  return { explainedBy: (await readAlert(ctx, alertId)).id };
}

async function groupOf(ctx: Ctx, groupId: string): Promise<Whose> {
  if ((await selectGroup(ctx, groupId)) === null) throw notFound('alert group', groupId);
  return { groupId };
}
