import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { readIncident } from '../incident/read-incident.ts';
import { listIncidentPromises, listPromisesRoute, type PromiseView } from './contract.ts';
import { listPromises } from './list-promises.ts';
import type { PromiseRow } from './promise.ts';
import { selectPromises } from './store.ts';

export const promiseRoutes: readonly RouteBinding[] = [
  bind(listIncidentPromises, async (ctx, { params }) => {
    await readIncident(ctx, params.id);
    const rows = await listPromises(ctx, { incidentId: params.id });
    const owed = rows.filter((row) => row.settledAt === null);
    const settled = rows.filter((row) => row.settledAt !== null);
    return { items: [...owed, ...settled].map(presentPromise), nextCursor: null };
  }),
  bind(listPromisesRoute, async (ctx, { query }) => {
    const cursor = readCursor(query, /^\d{1,16} prm_[A-Za-z0-9_-]+$/);
    const [dueMs, id] = cursor?.split(' ') ?? [];
    const rows = await selectPromises(ctx, {
      states: query.state === undefined ? undefined : [query.state],
      after: dueMs === undefined || id === undefined ? undefined : { dueAt: new Date(Number(dueMs)), id },
      limit: query.limit + 1,
    });
    return pageOf(rows, query, (row) => `${row.dueAt.getTime()} ${row.id}`, presentPromise);
  }),
];

function presentPromise({ told: _told, ...promise }: PromiseRow): PromiseView {
  return {
    ...promise,
    openedAt: promise.openedAt.toISOString(),
    promptAt: promise.promptAt?.toISOString() ?? null,
    warnAt: promise.warnAt?.toISOString() ?? null,
    dueAt: promise.dueAt.toISOString(),
    settledAt: promise.settledAt?.toISOString() ?? null,
  };
}
