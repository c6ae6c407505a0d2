import { z } from 'zod';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { archiveSlo, createSlo, editSlo } from './change-slo.ts';
import * as contract from './contract.ts';
import { presentSlo, readBudget } from './read-slos.ts';
import { selectSlo, selectSloPage, type SloRow } from './store.ts';

const position = z.object({ name: z.string(), id: z.string() });

async function existing(ctx: Ctx, sloId: string): Promise<SloRow> {
  const slo = await selectSlo(ctx, sloId);
  if (!slo) throw notFound('SLO', sloId);
  return slo;
}

const shown = async (ctx: Ctx, sloId: string) => presentSlo(ctx, await existing(ctx, sloId));

export const sloRoutes: readonly RouteBinding[] = [
  bind(contract.listSlos, async (ctx, { query }) => {
    const rows = await selectSloPage(ctx, readCursor(query.cursor, position), query.limit + 1);
    const page = pageOf(rows, query.limit, ({ name, id }) => ({ name, id }));
    return { ...page, items: await Promise.all(page.items.map((row) => presentSlo(ctx, row))) };
  }),
  bind(contract.getSlo, (ctx, { params }) => shown(ctx, params.id)),
  bind(contract.getSloBudget, async (ctx, { params }) => readBudget(ctx, await existing(ctx, params.id))),
  bind(contract.postSlo, async (ctx, { body }) => shown(ctx, await createSlo(ctx, body))),
  bind(contract.patchSlo, async (ctx, { params, body }) => {
    await editSlo(ctx, params.id, body);
    return shown(ctx, params.id);
  }),
  bind(contract.deleteSlo, (ctx, { params }) => archiveSlo(ctx, params.id)),
];
