import type { Ctx } from '#platform/ctx.ts';
import type { MetricFamily } from '#platform/metrics.ts';
import { countLiveAlerts } from './alert/count-store.ts';

/** Alerts of the workspace that are not closed. */
export async function detectMetrics(ctx: Ctx): Promise<readonly MetricFamily[]> {
  const counts = await countLiveAlerts(ctx);
  return [
    {
      name: 'allclear_alerts',
      help: 'Alerts that are not closed, by state and severity, drills left out; quiet: whether something keeps them from asking.',
      type: 'gauge',
      samples: counts.map(({ state, severity, quiet, count }) => ({
        labels: { state, severity, quiet: String(quiet) },
        value: count,
      })),
    },
  ];
}
