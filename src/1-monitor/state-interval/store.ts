import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { MonitorTables } from '../tables.ts';
import type { MonitorState } from '../verdict/contract.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

export type StateInterval = {
  readonly monitorId: string;
  readonly serviceId: string;
  readonly state: MonitorState;
  readonly startedAt: Date;
  /** Null while it lasts. */
  readonly endedAt: Date | null;
  readonly drill: boolean;
};

export type IntervalQuery = {
  readonly serviceIds?: readonly string[];
  readonly monitorIds?: readonly string[];
  readonly from: Date;
  readonly to: Date;
};

/** Intervals that overlap [from, to), oldest first, uncut; of archived monitors too. Drills stand beside the real ones. */
export function selectIntervals(ctx: Ctx, asked: IntervalQuery): Promise<StateInterval[]> {
  let query = tables(ctx)
    .selectFrom('stateInterval as i')
    .innerJoin('monitor as m', (join) =>
      join.onRef('m.workspaceId', '=', 'i.workspaceId').onRef('m.id', '=', 'i.monitorId'),
    )
    .select(['i.monitorId', 'm.serviceId', 'i.state', 'i.startedAt', 'i.endedAt', 'i.drill'])
    .where('i.workspaceId', '=', ctx.workspaceId)
    .where('i.startedAt', '<', asked.to)
    .where((eb) => eb.or([eb('i.endedAt', 'is', null), eb('i.endedAt', '>', asked.from)]));
  if (asked.monitorIds) query = query.where('i.monitorId', '=', sql<string>`any(${[...asked.monitorIds]}::text[])`);
  if (asked.serviceIds) query = query.where('m.serviceId', '=', sql<string>`any(${[...asked.serviceIds]}::text[])`);
  return query.orderBy('i.startedAt').orderBy('i.id').execute();
}

/** Ends the open interval of a track and, unless the track ends too, opens the next one at the same instant. */
export async function replaceOpenInterval(
  ctx: Ctx,
  change: { monitorId: string; at: Date; next: MonitorState | null; drill: boolean },
): Promise<void> {
  const open = tables(ctx)
    .updateTable('stateInterval')
    .set({ endedAt: sql<Date>`greatest(started_at, ${change.at})` })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', change.monitorId)
    .where('drill', '=', change.drill)
    .where('endedAt', 'is', null);
  await open.execute();
  if (change.next === null) return;
  await tables(ctx)
    .insertInto('stateInterval')
    .values({
      workspaceId: ctx.workspaceId,
      monitorId: change.monitorId,
      state: change.next,
      startedAt: change.at,
      endedAt: null,
      drill: change.drill,
    })
    .execute();
}
