import type { Ctx } from '#platform/ctx.ts';
import type { MetricFamily } from '#platform/metrics.ts';
import { countLivePages } from './page/store.ts';

/** Pages of the workspace that somebody is asked by. */
export async function respondMetrics(ctx: Ctx): Promise<readonly MetricFamily[]> {
  const counts = await countLivePages(ctx);
  return [
    {
      name: 'allclear_pages',
      help: 'Pages that are open or acknowledged, by state and urgency, drills left out.',
      type: 'gauge',
      samples: counts.map(({ state, urgency, count }) => ({ labels: { state, urgency }, value: count })),
    },
  ];
}
