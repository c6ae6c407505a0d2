import type { System } from '#platform/ctx.ts';
import type { MetricFamily } from '#platform/metrics.ts';
import { runningEngineOf } from '../probe/engine-of.ts';

/** How the check engine of this process does; nothing where none runs. */
export function engineMetrics(system: System): readonly MetricFamily[] {
  const stats = runningEngineOf(system)?.stats();
  if (stats === undefined) return [];
  const one = (type: MetricFamily['type'], name: string, help: string, value: number): MetricFamily => ({
    name: `allclear_engine_${name}`,
    help,
    type,
    samples: [{ value }],
  });
  return [
    one('gauge', 'monitors', 'Monitors that this process checks.', stats.monitors),
    one('gauge', 'checks_running', 'Checks that are under way.', stats.checksRunning),
    one('gauge', 'results_waiting', 'Results that are not stored yet.', stats.resultsWaiting),
    one(
      'counter',
      'results_dropped_total',
      'Results given up because too many waited to be stored.',
      stats.resultsDropped,
    ),
    one(
      'gauge',
      'lateness_p99_seconds',
      'How late checks began in the last five seconds, 99 of 100 of them.',
      stats.latenessP99Ms / 1_000,
    ),
    one(
      'gauge',
      'lateness_max_seconds',
      'How late the latest check of the last five seconds began.',
      stats.latenessMaxMs / 1_000,
    ),
    one('counter', 'cpu_seconds_total', 'CPU time of the engine since it started.', stats.cpuSeconds),
    one('gauge', 'memory_bytes', 'Resident memory of the engine.', stats.rssBytes),
    one('counter', 'restarts_total', 'How often the engine had to be started again.', stats.restarts),
  ];
}
