import type { Ctx } from '#platform/ctx.ts';
import type { MetricFamily } from '#platform/metrics.ts';
import { countWaiting } from './delivery/store.ts';

/** Messages of the workspace that are not out yet. */
export async function deliveryMetrics(ctx: Ctx): Promise<readonly MetricFamily[]> {
  const counts = await countWaiting(ctx);
  const oldest = counts.flatMap(({ state, oldestAt }) => (state === 'held' ? [] : [oldestAt.getTime()]));
  const ageMs = oldest.length === 0 ? 0 : ctx.now.getTime() - Math.min(...oldest);
  return [
    {
      name: 'allclear_deliveries_waiting',
      help: 'Messages that are not sent yet; held ones wait for their channel to be set up.',
      type: 'gauge',
      samples: (['queued', 'sending', 'held'] as const).map((state) => ({
        labels: { state },
        value: counts.find((one) => one.state === state)?.count ?? 0,
      })),
    },
    {
      name: 'allclear_delivery_oldest_waiting_seconds',
      help: 'The age of the oldest message that is queued or being sent; 0 when there is none.',
      type: 'gauge',
      samples: [{ value: Math.max(0, ageMs) / 1_000 }],
    },
  ];
}
