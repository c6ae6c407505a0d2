import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { selectAlertSource } from '../alert-source/store.ts';
import { confirmSubscription } from './confirm-subscription.ts';
import {
  confirmSubscriptionRoute,
  listRefused,
  readMapping,
  saveMapping,
  type SourceMapping,
  tryMapping,
} from './contract.ts';
import { saveMappingOf } from './save-mapping.ts';
import { selectMapping, selectRefused, selectSubscription } from './store.ts';
import { isOpenable } from './subscription.ts';
import { tryOn } from './try-on.ts';

export const mappingRoutes: readonly RouteBinding[] = [
  bind(readMapping, (ctx, { params }) => present(ctx, params.id)),
  bind(tryMapping, async (ctx, { params, body }) => {
    await findSource(ctx, params.id);
    return tryOn(body.mapping, body.payload);
  }),
  bind(saveMapping, async (ctx, { params, body }) => {
    await saveMappingOf(ctx, params.id, { mapping: body.mapping, payload: body.payload });
    return await present(ctx, params.id);
  }),
  bind(
    confirmSubscriptionRoute,
    async (ctx, { params }, system) => {
      await findSource(ctx, params.id);
      await confirmSubscription(system, ctx, params.id);
      return await present(ctx, params.id);
    },
    'bare',
  ),
  bind(listRefused, async (ctx, { params, query }) => {
    await findSource(ctx, params.id);
    const beforeId = readCursor(query, /^ref_[A-Za-z0-9_-]+$/);
    const rows = await selectRefused(ctx, { alertSourceId: params.id, beforeId, limit: query.limit + 1 });
    return pageOf(
      rows,
      query,
      (row) => row.id,
      ({ id, receivedAt, message, payload }) => ({ id, receivedAt: receivedAt.toISOString(), message, payload }),
    );
  }),
];

async function findSource(ctx: Ctx, alertSourceId: string) {
  const source = await selectAlertSource(ctx, alertSourceId);
  if (!source) throw notFound('alert source', alertSourceId);
  return source;
}

async function present(ctx: Ctx, alertSourceId: string): Promise<SourceMapping> {
  const source = await findSource(ctx, alertSourceId);
  const row = await selectMapping(ctx.transaction, source);
  const asked = await selectSubscription(ctx.transaction, source);
  return {
    alertSourceId,
    mapping: row?.mapping ?? null,
    sample: row?.sample ?? null,
    changedAt: row?.changedAt.toISOString() ?? null,
    subscription: asked && {
      topicArn: asked.topicArn,
      subscribeUrl: asked.subscribeUrl,
      openable: isOpenable(asked.subscribeUrl),
      askedAt: asked.askedAt.toISOString(),
      confirmedAt: asked.confirmedAt?.toISOString() ?? null,
    },
  };
}
