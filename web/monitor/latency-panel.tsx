import { useState } from 'react';
import { getLatency, listFailures, listResults, type Monitor, type TimeWindow } from '#monitor/contract';
import { useRead } from '../data/query.ts';
import { Chart } from '../ui/chart.tsx';
import { currentTime } from '../ui/clock.ts';
import { formatMs } from '../ui/format.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { downBands } from './down-bands.ts';
import { pollMs } from './poll.ts';

const windows: { value: TimeWindow; label: string; seconds: number }[] = [
  { value: '1h', label: '1 h', seconds: 3600 },
  { value: '24h', label: '24 h', seconds: 86_400 },
  { value: '7d', label: '7 d', seconds: 604_800 },
  { value: '30d', label: '30 d', seconds: 2_592_000 },
  { value: '90d', label: '90 d', seconds: 7_776_000 },
];
type PlaceId = Monitor['locations'][number]['id'];
type Place = PlaceId | 'all';
const from = (place: Place) => (place === 'all' ? {} : { locationId: place });
const secondsOf = (instant: string) => new Date(instant).getTime() / 1000;
/** To the half minute, so that the chart is not drawn again with each render. */
const nowSeconds = () => Math.ceil(currentTime().getTime() / 30_000) * 30;

/** Response time over a window, with failed stretches behind it: each check in the last hour, percentiles beyond. */
export function LatencyPanel({ monitor }: { monitor: Monitor }) {
  const [shown, setShown] = useState<TimeWindow>('1h');
  const [chosen, setChosen] = useState<Place>('all');
  // Single checks of several places make no line together; their percentiles do.
  const places = [
    ...(shown === '1h' ? [] : [{ value: 'all' as Place, label: 'all places' }]),
    ...monitor.locations.map(({ id, name }) => ({ value: id as Place, label: name })),
  ];
  const place = places.some(({ value }) => value === chosen) ? chosen : (places[0]?.value ?? 'all');
  return (
    <Section title="Latency" aside={<Segments label="Window" value={shown} onChange={setShown} options={windows} />}>
      <Panel className="grid gap-3 p-4">
        {monitor.locations.length < 2 ? null : (
          <Segments label="Asked from" value={place} onChange={setChosen} options={places} />
        )}
        {shown === '1h' ? (
          <LastHour monitor={monitor} place={place} />
        ) : (
          <Percentiles monitor={monitor} shown={shown} place={place} />
        )}
      </Panel>
    </Section>
  );
}

function thresholdOf({ degradedAboveMs }: Monitor) {
  return degradedAboveMs === null
    ? undefined
    : { value: degradedAboveMs, label: `degraded above ${formatMs(degradedAboveMs)}` };
}

function LastHour({ monitor, place }: { monitor: Monitor; place: Place }) {
  const results = useRead(
    listResults,
    { params: { id: monitor.id }, query: { limit: 200, ...from(place) } },
    ['monitors', `monitor:${monitor.id}`],
    { refetchInterval: pollMs(monitor) },
  );
  const now = nowSeconds();
  return (
    <Loaded read={results} rows={3}>
      {({ items }) => {
        const checks = items.filter(({ startedAt }) => secondsOf(startedAt) >= now - 3600).toReversed();
        if (checks.length < 2) return <TooFew count={checks.length} />;
        const oldest = secondsOf(checks[0]?.startedAt ?? '');
        return (
          <Chart
            times={checks.map(({ startedAt }) => secondsOf(startedAt))}
            series={[
              {
                label: 'each check',
                tone: 'accent',
                values: checks.map(({ outcome, totalMs }) => (outcome === 'unknown' ? null : totalMs)),
              },
            ]}
            bands={downBands(
              checks.filter(({ outcome }) => outcome === 'down').map(({ startedAt }) => secondsOf(startedAt)),
              monitor.intervalSeconds,
            )}
            // A young monitor has no hour behind it, and a fast one more checks in an hour than one page holds.
            range={{ from: oldest, to: now }}
            threshold={thresholdOf(monitor)}
            formatValue={formatMs}
            label={`Response time of ${monitor.name}, ${checks.length} checks in the last hour`}
          />
        );
      }}
    </Loaded>
  );
}

function Percentiles({ monitor, shown, place }: { monitor: Monitor; shown: TimeWindow; place: Place }) {
  const params = { id: monitor.id };
  const topics = ['monitors', `monitor:${monitor.id}`];
  const latency = useRead(getLatency, { params, query: { window: shown, ...from(place) } }, topics, {
    refetchInterval: 60_000,
    keepPrevious: true,
  });
  const failures = useRead(listFailures, { params, query: { limit: 200 } }, topics);
  const span = windows.find(({ value }) => value === shown)?.seconds ?? 86_400;
  const now = nowSeconds();
  const failed = (failures.data?.items ?? [])
    .filter(({ outcome, checkedAt }) => outcome === 'down' && secondsOf(checkedAt) >= now - span)
    .map(({ checkedAt }) => secondsOf(checkedAt));
  return (
    <Loaded read={latency} rows={3}>
      {({ points, overall, stepSeconds }) =>
        points.length < 2 ? (
          <TooFew count={points.length} />
        ) : (
          <Chart
            times={points.map(({ at }) => secondsOf(at))}
            series={[
              { label: 'p95', tone: 'accent', values: points.map(({ p95Ms }) => p95Ms) },
              { label: 'p50', tone: 'muted', values: points.map(({ p50Ms }) => p50Ms) },
            ]}
            bands={downBands(failed, Math.max(monitor.intervalSeconds, stepSeconds / 4))}
            range={{ from: now - span, to: now }}
            threshold={thresholdOf(monitor)}
            formatValue={formatMs}
            label={`Latency of ${monitor.name}, ${shown}: p50 ${formatMs(overall.p50Ms)}, p95 ${formatMs(overall.p95Ms)}`}
          />
        )
      }
    </Loaded>
  );
}

function TooFew({ count }: { count: number }) {
  return (
    <p className="py-10 text-center text-muted">
      {count === 0 ? 'Nothing was measured in this window.' : 'Two points make a line; the next one is on its way.'}
    </p>
  );
}
