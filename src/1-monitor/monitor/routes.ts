import { z } from 'zod';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { changeMany } from './change-many.ts';
import { cloneMonitor } from './clone-monitor.ts';
import * as contract from './contract.ts';
import { createMonitor } from './create-monitor.ts';
import { endDrill, startDrill } from './drill.ts';
import { editMonitor } from './edit-monitor.ts';
import { archiveMonitor, pauseMonitor, resumeMonitor } from './pause-monitor.ts';
import { presentMonitor, presentRows } from './present-monitor.ts';
import { readPresentMonitor } from './read-monitors.ts';
import {
  countMonitorsByState,
  type MonitorFilter,
  selectGroups,
  selectMonitorPage,
  selectSharedServices,
  selectTags,
} from './store.ts';
import { renameGroup } from './rename-group.ts';
import { replayPolicy } from '../replay/contract.ts';
import { replayOver } from '../replay/replay-policy.ts';
import { checkMonitorNow, testMonitor } from './test-monitor.ts';
import { selectTrial } from './trial-store.ts';
import { tryMonitor } from './try-monitor.ts';

const position = z.object({ attention: z.number().int(), name: z.string(), id: z.string() });

/** A page of monitors, those that need attention first. */
export async function listPage(ctx: Ctx, filter: MonitorFilter, query: { limit: number; cursor?: string | undefined }) {
  const rows = await selectMonitorPage(ctx, filter, readCursor(query.cursor, position), query.limit + 1);
  const page = pageOf(rows, query.limit, ({ attention, name, id }) => ({ attention, name, id }));
  return { ...page, items: await presentRows(ctx, page.items) };
}

/** One monitor as the API shows it; refuses archived ones. */
export async function shownMonitor(ctx: Ctx, monitorId: string): Promise<contract.Monitor> {
  return presentMonitor(ctx, await readPresentMonitor(ctx, monitorId));
}

export const monitorRoutes: readonly RouteBinding[] = [
  bind(contract.listMonitors, (ctx, { query }) => listPage(ctx, query, query)),
  bind(contract.getMonitorCounts, async (ctx) => {
    const rows = await countMonitorsByState(ctx);
    const of = (state: string) => rows.find((row) => row.state === state)?.monitors ?? 0;
    const total = rows.reduce((sum, row) => sum + row.monitors, 0);
    return {
      up: of('up'),
      degraded: of('degraded'),
      down: of('down'),
      unknown: of('unknown'),
      paused: of('paused'),
      total,
    };
  }),
  bind(contract.testMonitor, (ctx, { body }, system) => testMonitor(ctx, body, system), 'bare'),
  bind(
    contract.getTrial,
    async (ctx, { query }) => (await selectTrial(ctx, query.trial)) ?? { steps: [], picture: null },
  ),
  bind(contract.listMonitorServices, async (ctx) => ({ items: await selectSharedServices(ctx) })),
  bind(contract.listMonitorTags, async (ctx) => ({ items: await selectTags(ctx) })),
  bind(contract.listMonitorGroups, async (ctx) => ({ items: await selectGroups(ctx) })),
  bind(contract.renameMonitorGroup, async (ctx, { body }) => ({ monitors: await renameGroup(ctx, body) })),
  bind(contract.getMonitor, (ctx, { params }) => shownMonitor(ctx, params.id)),
  bind(contract.postMonitor, async (ctx, { body }) => shownMonitor(ctx, await createMonitor(ctx, body))),
  bind(contract.patchMonitor, async (ctx, { params, body }) => {
    await editMonitor(ctx, params.id, body);
    return shownMonitor(ctx, params.id);
  }),
  bind(contract.cloneMonitor, async (ctx, { params, body }) =>
    shownMonitor(ctx, await cloneMonitor(ctx, params.id, body.name)),
  ),
  bind(contract.deleteMonitor, (ctx, { params }) => archiveMonitor(ctx, params.id)),
  bind(contract.pauseMonitor, async (ctx, { params }) => {
    await pauseMonitor(ctx, params.id);
    return shownMonitor(ctx, params.id);
  }),
  bind(contract.resumeMonitor, async (ctx, { params }) => {
    await resumeMonitor(ctx, params.id);
    return shownMonitor(ctx, params.id);
  }),
  bind(contract.startDrill, async (ctx, { params, body }) => {
    await startDrill(ctx, params.id, body.seconds);
    return shownMonitor(ctx, params.id);
  }),
  bind(contract.endDrill, async (ctx, { params }) => {
    await endDrill(ctx, params.id);
    return shownMonitor(ctx, params.id);
  }),
  bind(contract.changeManyMonitors, (ctx, { body }) => changeMany(ctx, body)),
  bind(replayPolicy, (ctx, { params, body }) => replayOver(ctx, params.id, body)),
  bind(contract.tryMonitor, (ctx, { params, body }, system) => tryMonitor(ctx, params.id, body, system), 'bare'),
  bind(
    contract.checkNow,
    (ctx, { params }, system) => checkMonitorNow(ctx, params.id, system, { alone: true }),
    'bare',
  ),
];
