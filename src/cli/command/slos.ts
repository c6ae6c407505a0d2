import { listSlos, type Slo } from '#monitor/contract';
import { formatDuration } from '#kernel/duration.ts';
import type { Api } from '../api.ts';
import { everyOne } from '../book.ts';
import type { Outcome } from '../io.ts';
import { columns } from '../text.ts';

/** SLOs: what is left of each budget, how fast it goes, and since when it alerts. */
export async function slos(api: Api): Promise<Outcome> {
  const items = await everyOne((page) => api.call(listSlos, { query: page }));
  const rows = items.map((slo) => [
    slo.name,
    `${slo.objective} % ${slo.window.kind === 'month' ? 'a month' : `in ${slo.window.days} d`}`,
    slo.leftSeconds > 0 ? `${formatDuration(slo.leftSeconds)} left` : 'spent',
    `burns ${Math.floor(slo.burnRate * 10) / 10}x`,
    alerts(slo),
  ]);
  return { text: rows.length === 0 ? 'There is no SLO.' : columns(rows), data: items };
}

function alerts({ criticalSince, warningSince }: Slo): string {
  if (criticalSince !== null) return 'critical';
  return warningSince === null ? '' : 'warning';
}
