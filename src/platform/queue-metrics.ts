import { type Database, runSql } from './database.ts';
import type { MetricFamily } from './metrics.ts';

type Row = { readonly name: string; readonly state: string; readonly count: number };

/** Jobs of the whole installation that are not done, by queue; what failed for good waits in a queue that ends in `.dead`. */
export async function queueMetrics(database: Database): Promise<readonly MetricFamily[]> {
  const { rows } = await runSql(database, COUNT_JOBS, []);
  return [
    {
      name: 'allclear_jobs',
      help: 'Jobs that are due, or under way, by queue; queues that end in .dead hold what failed for good.',
      type: 'gauge',
      samples: (rows as Row[]).map(({ name, state, count }) => ({ labels: { queue: name, state }, value: count })),
    },
  ];
}

const COUNT_JOBS = `
  select name, case state when 'active' then 'active' else 'due' end as state, count(*)::int as count
  from pgboss.job where state = 'active' or (state < 'active' and start_after <= now())
  group by 1, 2 order by 1, 2`;
