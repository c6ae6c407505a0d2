import { DAY_MS } from '#kernel/duration.ts';
import { invalid } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import type { Ctx } from '#platform/ctx.ts';
import { isAsked } from '../kind/kinds.ts';
import { readPresentMonitor } from '../monitor/read-monitors.ts';
import { selectPast } from '../result/store.ts';
import { streamsOf } from '../vantage/streams.ts';
import type { PolicyReplay, replayPolicy } from './contract.ts';
import { compareEpisodes, type Episode, replay } from './replay.ts';

/** Checks of a month at one a second would be too many to hold; then the window is shorter, and says so. */
const MAX_CHECKS = 300_000;
const SHOWN_EPISODES = 50;

/** What a policy would have said over the stored checks, beside the one that counts. Refuses what is told to us, which confirms nothing. */
export async function replayOver(
  ctx: Ctx,
  monitorId: string,
  { confirm, days }: RouteInput<typeof replayPolicy>['body'],
): Promise<PolicyReplay> {
  const monitor = await readPresentMonitor(ctx, monitorId);
  if (!isAsked(monitor.kind)) throw invalid('params.id', 'is told to us, and confirms nothing');
  const places = await streamsOf(ctx, monitor, undefined);
  const asked = new Date(ctx.now.getTime() - days * DAY_MS);
  const past = await selectPast(ctx, places, asked, MAX_CHECKS);
  const now = replay(past, {
    failures: monitor.confirmFailures,
    recoveries: monitor.confirmRecoveries,
    locations: monitor.confirmLocations,
  });
  const proposed = replay(past, { ...confirm, locations: confirm.locations ?? null });
  const { spared, laterMs } = compareEpisodes(now, proposed);
  return {
    from: (past.length < MAX_CHECKS ? asked : new Date(past[0]?.atMs ?? ctx.now)).toISOString(),
    to: ctx.now.toISOString(),
    checks: past.length,
    now: present(now, ctx.now),
    proposed: present(proposed, ctx.now),
    spared,
    laterSeconds: laterMs === null ? null : Math.round(laterMs / 100) / 10,
  };
}

function present(episodes: readonly Episode[], now: Date): PolicyReplay['now'] {
  const instant = (ms: number) => new Date(ms).toISOString();
  const downMs = episodes.reduce((sum, { sinceMs, endedMs }) => sum + (endedMs ?? now.getTime()) - sinceMs, 0);
  return {
    downs: episodes.length,
    downSeconds: Math.round(downMs / 1_000),
    episodes: episodes.slice(-SHOWN_EPISODES).map(({ sinceMs, saidMs, endedMs }) => ({
      since: instant(sinceMs),
      saidAt: instant(saidMs),
      endedAt: endedMs === null ? null : instant(endedMs),
    })),
  };
}
