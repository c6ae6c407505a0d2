import { z } from 'zod';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { pageOf, readCursor } from '../cursor.ts';
import type { Monitor } from '../monitor/contract.ts';
import { listPage, shownMonitor } from '../monitor/routes.ts';
import { selectBeatLog, selectBeatPage } from './beat-store.ts';
import * as contract from './contract.ts';
import { createHeartbeat, editHeartbeat, previewTimes } from './create-heartbeat.ts';

const position = z.object({ before: z.number().int() });

async function shownHeartbeat(ctx: Ctx, monitorId: string): Promise<Monitor> {
  const shown = await shownMonitor(ctx, monitorId);
  if (shown.kind !== 'heartbeat') throw notFound('heartbeat', monitorId);
  return shown;
}

export const heartbeatRoutes: readonly RouteBinding[] = [
  bind(contract.listHeartbeats, (ctx, { query }) => listPage(ctx, { kind: 'heartbeat' }, query)),
  bind(contract.previewHeartbeat, (ctx, { query }) => previewTimes(ctx, query)),
  bind(contract.getHeartbeat, (ctx, { params }) => shownHeartbeat(ctx, params.id)),
  bind(contract.postHeartbeat, async (ctx, { body }) => shownMonitor(ctx, await createHeartbeat(ctx, body))),
  bind(contract.listBeats, async (ctx, { params, query }) => {
    await shownHeartbeat(ctx, params.id);
    const before = readCursor(query.cursor, position)?.before ?? null;
    const asked = { monitorId: params.id, kind: query.kind, before, limit: query.limit + 1 };
    const page = pageOf(await selectBeatPage(ctx, asked), query.limit, ({ number }) => ({ before: number }));
    return { ...page, items: page.items.map((beat) => ({ ...beat, at: beat.at.toISOString() })) };
  }),
  bind(contract.getBeatLog, async (ctx, { params }) => {
    await shownHeartbeat(ctx, params.id);
    const log = await selectBeatLog(ctx, params.id, params.number);
    if (log === undefined) throw notFound('beat', String(params.number));
    return { log };
  }),
  bind(contract.patchHeartbeat, async (ctx, { params, body }) => {
    await editHeartbeat(ctx, params.id, body);
    return shownMonitor(ctx, params.id);
  }),
];
