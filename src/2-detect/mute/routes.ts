import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { createMute, endMuteRoute, listMutes, type MuteView } from './contract.ts';
import { makeMute } from './create-mute.ts';
import { endMute } from './end-mute.ts';
import { type MuteRow, selectMutedCounts, selectMutes } from './store.ts';
import type { Ctx } from '#platform/ctx.ts';

export const muteRoutes: readonly RouteBinding[] = [
  bind(listMutes, async (ctx, { query }) => {
    const beforeId = readCursor(query, /^mut_[A-Za-z0-9_-]+$/);
    const rows = await selectMutes(ctx, { active: query.active, beforeId, limit: query.limit + 1 });
    const counts = await selectMutedCounts(
      ctx,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows,
      query,
      (row) => row.id,
      (row) => present(ctx, row, counts.get(row.id) ?? 0),
    );
  }),
  bind(createMute, async (ctx, { body }) => {
    const mute = await makeMute(ctx, body);
    return present(ctx, mute, (await selectMutedCounts(ctx, [mute.id])).get(mute.id) ?? 0);
  }),
  bind(endMuteRoute, async (ctx, { params }) => present(ctx, await endMute(ctx, params.id), 0)),
];

function present(ctx: Ctx, mute: MuteRow, alertCount: number): MuteView {
  const { id, match, reason, createdAt, createdBy, endsAt, endedAt, endedBy } = mute;
  return {
    id,
    match,
    reason,
    createdAt: createdAt.toISOString(),
    createdBy,
    endsAt: endsAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    endedBy,
    active: endedAt === null && endsAt > ctx.now,
    alertCount,
  };
}
