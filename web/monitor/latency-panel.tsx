import { useState } from 'react';
import { type Evidence, getLatency, listFailures, type Monitor, type TimeWindow } from '#monitor/contract';
import { Chart, type ChartProps } from '../ui/chart.tsx';
import { currentTime } from '../ui/clock.ts';
import { formatMs } from '../ui/format.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { useRead } from '../data/query.ts';

const windows: { value: TimeWindow; label: string; seconds: number }[] = [
  { value: '1h', label: '1 h', seconds: 3600 },
  { value: '24h', label: '24 h', seconds: 86_400 },
  { value: '7d', label: '7 d', seconds: 604_800 },
  { value: '30d', label: '30 d', seconds: 2_592_000 },
  { value: '90d', label: '90 d', seconds: 7_776_000 },
];
const seconds = (instant: string) => new Date(instant).getTime() / 1000;

/** Stretches of failed checks: neighbours closer than two steps are one. */
function downBands(failures: readonly Evidence[], from: number, step: number): NonNullable<ChartProps['bands']> {
  const bands: { from: number; to: number; tone: 'down' }[] = [];
  const times = failures.filter(({ outcome }) => outcome === 'down').map(({ checkedAt }) => seconds(checkedAt));
  for (const at of times.sort((a, b) => a - b)) {
    if (at < from) continue;
    const last = bands.at(-1);
    if (last !== undefined && at - last.to <= step * 2) last.to = at + step;
    else bands.push({ from: at, to: at + step, tone: 'down' });
  }
  return bands;
}

/** Response time over a window, with failed stretches behind it. */
export function LatencyPanel({ monitor }: { monitor: Monitor }) {
  const [shown, setShown] = useState<TimeWindow>('1h');
  const params = { id: monitor.id };
  const topics = ['monitors', `monitor:${monitor.id}`];
  const latency = useRead(getLatency, { params, query: { window: shown } }, topics, {
    refetchInterval: 30_000,
    keepPrevious: true,
  });
  const failures = useRead(listFailures, { params, query: { limit: 200 } }, topics);
  const span = windows.find(({ value }) => value === shown)?.seconds ?? 3600;
  const threshold = monitor.degradedAboveMs;
  // To the half minute, so that the chart is not drawn again with each render.
  const now = Math.ceil(currentTime().getTime() / 30_000) * 30;
  return (
    <Section title="Latency" aside={<Segments label="Window" value={shown} onChange={setShown} options={windows} />}>
      <Panel className="p-4">
        <Loaded read={latency} rows={3}>
          {({ points, overall, stepSeconds }) =>
            points.length < 2 ? (
              <p className="py-10 text-center text-muted">
                {points.length === 0
                  ? 'No check was answered in this window.'
                  : 'Two points make a line; the next one is on its way.'}
              </p>
            ) : (
              <Chart
                times={points.map(({ at }) => seconds(at))}
                series={[
                  { label: 'p95', tone: 'accent', values: points.map(({ p95Ms }) => p95Ms) },
                  { label: 'p50', tone: 'muted', values: points.map(({ p50Ms }) => p50Ms) },
                ]}
                bands={downBands(
                  failures.data?.items ?? [],
                  now - span,
                  Math.max(monitor.intervalSeconds, stepSeconds / 4),
                )}
                threshold={
                  threshold === null ? undefined : { value: threshold, label: `degraded above ${formatMs(threshold)}` }
                }
                range={{ from: now - span, to: now }}
                formatValue={formatMs}
                label={`Latency of ${monitor.name}, ${shown}: p50 ${formatMs(overall.p50Ms)}, p95 ${formatMs(overall.p95Ms)}`}
              />
            )
          }
        </Loaded>
      </Panel>
    </Section>
  );
}
