import { readIncident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, readCursor } from '#platform/page.ts';
import { countOpenByIncident } from '../action-item/store.ts';
import { presentSummary } from './present.ts';
import { type PostmortemFilter, selectPostmortems } from './store.ts';

const KEY = /^\d{4}-[^ ]+Z pmt_[A-Za-z0-9_-]+$/;

export type PostmortemList = Pick<PostmortemFilter, 'state' | 'search'> & {
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** A page of postmortems with the incident of each, newest first. */
export async function listPostmortems(ctx: Ctx, query: PostmortemList) {
  const [createdAt, id] = readCursor(query, KEY)?.split(' ') ?? [];
  const before = createdAt && id ? { createdAt: new Date(createdAt), id } : undefined;
  const rows = await selectPostmortems(ctx, {
    state: query.state,
    search: query.search,
    before,
    limit: query.limit + 1,
  });
  const open = await countOpenByIncident(
    ctx,
    rows.map((row) => row.incidentId),
  );
  const incidents = new Map(
    await Promise.all(rows.map(async (row) => [row.incidentId, await readIncident(ctx, row.incidentId)] as const)),
  );
  const page = pageOf(
    rows,
    query,
    (row) => `${row.createdAt.toISOString()} ${row.id}`,
    (row) => row,
  );
  return {
    nextCursor: page.nextCursor,
    items: page.items.flatMap((row) => {
      const incident = incidents.get(row.incidentId);
      return incident ? [presentSummary(row, incident, open.get(row.incidentId) ?? 0)] : [];
    }),
  };
}
