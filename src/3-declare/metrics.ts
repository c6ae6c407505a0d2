import type { Ctx } from '#platform/ctx.ts';
import type { MetricFamily } from '#platform/metrics.ts';
import { countOpenIncidents } from './incident/store.ts';

/** Incidents of the workspace that go on. */
export async function declareMetrics(ctx: Ctx): Promise<readonly MetricFamily[]> {
  const counts = await countOpenIncidents(ctx);
  return [
    {
      name: 'allclear_incidents',
      help: 'Incidents that are suspected, active or mitigated, by state and severity; real ones only.',
      type: 'gauge',
      samples: counts.map(({ state, severity, count }) => ({ labels: { state, severity }, value: count })),
    },
  ];
}
