import { useState } from 'react';
import { getLatency, type Latency, listResults, type Monitor, type StateStretch } from '#monitor/contract';
import { useRead } from '../data/query.ts';
import { Chart } from '../ui/chart.tsx';
import type { ChartBand } from '../ui/chart-options.ts';
import { formatMs } from '../ui/format.ts';
import { Loaded } from '../ui/loaded.tsx';
import { phaseParts } from '../ui/phase-bar.tsx';
import { Segments } from '../ui/segments.tsx';
import { downBands } from './down-bands.ts';
import { pollMs } from './poll.ts';
import type { Span } from './span.ts';

type Place = Monitor['locations'][number]['id'] | 'all';
const at = (place: Place) => (place === 'all' ? {} : { locationId: place });
const secondsOf = (instant: string) => new Date(instant).getTime() / 1000;

interface Drawn {
  monitor: Monitor;
  span: Span;
  place: Place;
  onZoom: (from: number, to: number) => void;
}

/** Response time over a span, from one place or from all: how long it took, or where the time went. */
export function LatencyChart({
  states,
  ...rest
}: Omit<Drawn, 'place'> & { /** Where the monitor was not up, behind the lines. */ states: readonly StateStretch[] }) {
  const { monitor, span } = rest;
  const [of, setOf] = useState<'times' | 'phases'>('times');
  const [chosen, setChosen] = useState<Place>('all');
  const eachCheck = span.window === '1h' && of === 'times';
  // Single checks of several places make no line together; their percentiles do.
  const places = [
    ...(eachCheck ? [] : [{ value: 'all' as Place, label: 'all places' }]),
    ...monitor.locations.map(({ id, name }) => ({ value: id as Place, label: name })),
  ];
  const place = places.some(({ value }) => value === chosen) ? chosen : (places[0]?.value ?? 'all');
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap justify-between gap-x-6 gap-y-2">
        <Segments
          label="Shown"
          value={of}
          onChange={setOf}
          options={[
            { value: 'times', label: 'response time' },
            { value: 'phases', label: 'phases' },
          ]}
        />
        {monitor.locations.length < 2 ? null : (
          <Segments label="Asked from" value={place} onChange={setChosen} options={places} />
        )}
      </div>
      {eachCheck ? (
        <LastHour {...rest} place={place} />
      ) : (
        <Steps {...rest} place={place} of={of} bands={bandsOf(states)} />
      )}
    </div>
  );
}

function bandsOf(states: readonly StateStretch[]): ChartBand[] {
  return states
    .filter(({ state }) => state !== 'up' && state !== 'degraded')
    .map(({ state, from, to }) => ({
      from: secondsOf(from),
      to: secondsOf(to),
      tone: state === 'down' ? 'down' : 'quiet',
    }));
}

function thresholdOf({ degradedAboveMs }: Monitor) {
  return degradedAboveMs === null
    ? undefined
    : { value: degradedAboveMs, label: `degraded above ${formatMs(degradedAboveMs)}` };
}

function LastHour({ monitor, span, place, onZoom }: Drawn) {
  const results = useRead(
    listResults,
    { params: { id: monitor.id }, query: { limit: 200, ...at(place) } },
    ['monitors', `monitor:${monitor.id}`],
    { refetchInterval: pollMs(monitor) },
  );
  return (
    <Loaded read={results} rows={3}>
      {({ items }) => {
        const checks = items.filter(({ startedAt }) => secondsOf(startedAt) >= span.from).toReversed();
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
            range={{ from: oldest, to: span.to }}
            threshold={thresholdOf(monitor)}
            formatValue={formatMs}
            onZoom={onZoom}
            label={`Response time of ${monitor.name}, ${checks.length} checks in the last hour`}
          />
        );
      }}
    </Loaded>
  );
}

function Steps({ monitor, span, place, onZoom, of, bands }: Drawn & { of: 'times' | 'phases'; bands: ChartBand[] }) {
  const latency = useRead(
    getLatency,
    { params: { id: monitor.id }, query: { ...span.query, ...at(place) } },
    ['monitors', `monitor:${monitor.id}`],
    { refetchInterval: 60_000, keepPrevious: true },
  );
  return (
    <Loaded read={latency} rows={3}>
      {(data) => {
        if (data.points.length < 2) return <TooFew count={data.points.length} />;
        const shared = {
          times: data.points.map((point) => secondsOf(point.at)),
          bands,
          range: span,
          formatValue: formatMs,
          onZoom,
        };
        return of === 'times' ? (
          <Chart {...shared} {...timesOf(data, monitor)} threshold={thresholdOf(monitor)} />
        ) : (
          <Phases {...shared} latency={data} monitor={monitor} />
        );
      }}
    </Loaded>
  );
}

function timesOf({ points, overall }: Latency, { name }: Monitor) {
  return {
    series: [
      { label: 'p95', tone: 'accent', values: points.map(({ p95Ms }) => p95Ms) },
      { label: 'p50', tone: 'muted', values: points.map(({ p50Ms }) => p50Ms) },
    ] as const,
    label: `Response time of ${name}: p50 ${formatMs(overall.p50Ms)}, p95 ${formatMs(overall.p95Ms)}`,
  };
}

function Phases({
  latency: { points, overall },
  monitor,
  ...shared
}: Omit<Parameters<typeof Chart>[0], 'series' | 'label'> & { latency: Latency; monitor: Monitor }) {
  const reached = phaseParts.filter(([phase]) => overall.phases[phase] !== null);
  if (reached.length === 0)
    return <p className="py-10 text-center text-muted">Where the time went was not kept for this stretch.</p>;
  const words = reached.map(([phase, name]) => `${name} ${formatMs(overall.phases[phase])}`).join(', ');
  return (
    <Chart
      {...shared}
      stacked
      series={reached.map(([phase, name, tone]) => ({
        label: name,
        tone,
        values: points.map(({ phases }) => phases[phase]),
      }))}
      label={`Where the time of ${monitor.name} went, on average: ${words}`}
    />
  );
}

function TooFew({ count }: { count: number }) {
  return (
    <p className="py-10 text-center text-muted">
      {count === 0 ? 'Nothing was measured in this stretch.' : 'Two points make a line; the next one is on its way.'}
    </p>
  );
}
