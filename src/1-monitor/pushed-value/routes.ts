import { z } from 'zod';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { pageOf, readCursor } from '../cursor.ts';
import type { Monitor } from '../monitor/contract.ts';
import { listPage, shownMonitor } from '../monitor/routes.ts';
import * as contract from './contract.ts';
import { createPushedValue, editPushedValue } from './create-pushed-value.ts';
import { selectSamplePage } from './sample-store.ts';

const position = z.object({ before: z.number().int() });

async function shownPushedValue(ctx: Ctx, monitorId: string): Promise<Monitor> {
  const shown = await shownMonitor(ctx, monitorId);
  if (shown.kind !== 'value') throw notFound('pushed value', monitorId);
  return shown;
}

export const pushedValueRoutes: readonly RouteBinding[] = [
  bind(contract.listPushedValues, (ctx, { query }) => listPage(ctx, { kind: 'value' }, query)),
  bind(contract.getPushedValue, (ctx, { params }) => shownPushedValue(ctx, params.id)),
  bind(contract.postPushedValue, async (ctx, { body }) => shownMonitor(ctx, await createPushedValue(ctx, body))),
  bind(contract.listSamples, async (ctx, { params, query }) => {
    await shownPushedValue(ctx, params.id);
    const before = readCursor(query.cursor, position)?.before ?? null;
    const rows = await selectSamplePage(ctx, { monitorId: params.id, before, limit: query.limit + 1 });
    const page = pageOf(rows, query.limit, ({ number }) => ({ before: number }));
    return { ...page, items: page.items.map((sample) => ({ ...sample, at: sample.at.toISOString() })) };
  }),
  bind(contract.patchPushedValue, async (ctx, { params, body }) => {
    await editPushedValue(ctx, params.id, body);
    return shownMonitor(ctx, params.id);
  }),
];
