import { useState } from 'react';
import { getLatency, type Latency, listResults, type Monitor, type Result, type StateStretch } from '#monitor/contract';
import { useRead } from '../data/query.ts';
import { Chart } from '../ui/chart.tsx';
import type { ChartBand } from '../ui/chart-options.ts';
import { currentTime } from '../ui/clock.ts';
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
  const eachCheck = of === 'times' && fitsEachCheck(monitor, span);
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
        <EachCheck {...rest} place={place} />
      ) : (
        <Steps {...rest} place={place} of={of} bands={bandsOf(states)} />
      )}
    </div>
  );
}

/** What one page of the list holds, and is told apart in a chart. */
const MOST_CHECKS = 200;
/** Single checks are kept for so long. */
const KEPT_SECONDS = 30 * 86_400;

/** Single checks say more than percentiles, as long as there are few of them. */
function fitsEachCheck({ intervalSeconds }: Monitor, { from, to }: Span): boolean {
  return (to - from) / intervalSeconds <= MOST_CHECKS && from > currentTime().getTime() / 1_000 - KEPT_SECONDS;
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

function EachCheck({ monitor, span, place, onZoom }: Drawn) {
  const ends = span.window === null ? span.query : { from: new Date(span.from * 1_000).toISOString() };
  const results = useRead(
    listResults,
    { params: { id: monitor.id }, query: { limit: MOST_CHECKS, from: ends.from, to: ends.to, ...at(place) } },
    ['monitors', `monitor:${monitor.id}`],
    { refetchInterval: pollMs(monitor), keepPrevious: true },
  );
  return (
    <Loaded read={results} rows={3}>
      {({ items }) => {
        const checks = items.toReversed();
        if (checks.length < 2) return <TooFew count={checks.length} />;
        const { times, rows } = withGaps(checks, ({ startedAt }) => secondsOf(startedAt), monitor.intervalSeconds);
        return (
          <Chart
            times={times}
            series={[{ label: 'each check', tone: 'accent', values: rows.map((check) => timeOf(check)) }]}
            bands={downBands(
              checks.filter(({ outcome }) => outcome === 'down').map(({ startedAt }) => secondsOf(startedAt)),
              monitor.intervalSeconds,
            )}
            range={span}
            threshold={thresholdOf(monitor)}
            formatValue={formatMs}
            onZoom={onZoom}
            label={`Response time of ${monitor.name}, ${checks.length} checks`}
          />
        );
      }}
    </Loaded>
  );
}

/** Nothing where nothing answered: how long it took to be refused says nothing of the target's speed. */
function timeOf(check: Result | null): number | null {
  if (check === null || check.outcome === 'unknown') return null;
  return check.outcome === 'down' && check.status === null ? null : check.totalMs;
}

/** Three steps without anything are a gap in the line, and not a slope across it. */
const GAP_STEPS = 3;

function withGaps<Row>(all: readonly Row[], timeAt: (row: Row) => number, stepSeconds: number) {
  const times: number[] = [];
  const rows: (Row | null)[] = [];
  for (const row of all) {
    const time = timeAt(row);
    const last = times.at(-1);
    if (last !== undefined && time - last > stepSeconds * GAP_STEPS) {
      times.push((last + time) / 2);
      rows.push(null);
    }
    times.push(time);
    rows.push(row);
  }
  return { times, rows };
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
        if (data.points.length < 2) return <TooFew count={data.points.length} steps />;
        // In the middle of its step, which a monitor that asks more seldom does not fill.
        const middle = (point: Point) => secondsOf(point.at) + data.stepSeconds / 2;
        const { times, rows } = withGaps(data.points, middle, Math.max(data.stepSeconds, monitor.intervalSeconds));
        const shared = { times, bands, range: span, formatValue: formatMs, onZoom };
        return of === 'times' ? (
          <Chart {...shared} {...timesOf(rows, data, monitor)} threshold={thresholdOf(monitor)} />
        ) : (
          <Phases {...shared} rows={rows} overall={data.overall} monitor={monitor} />
        );
      }}
    </Loaded>
  );
}

type Point = Latency['points'][number];

function timesOf(rows: readonly (Point | null)[], { overall }: Latency, { name }: Monitor) {
  return {
    series: [
      { label: 'p95', tone: 'accent', values: rows.map((row) => row?.p95Ms ?? null) },
      { label: 'p50', tone: 'muted', values: rows.map((row) => row?.p50Ms ?? null) },
    ] as const,
    label: `Response time of ${name}: p50 ${formatMs(overall.p50Ms)}, p95 ${formatMs(overall.p95Ms)}`,
  };
}

function Phases({
  rows,
  overall,
  monitor,
  ...shared
}: Omit<Parameters<typeof Chart>[0], 'series' | 'label'> &
  Pick<Latency, 'overall'> & { rows: readonly (Point | null)[]; monitor: Monitor }) {
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
        values: rows.map((row) => row?.phases[phase] ?? null),
      }))}
      label={`Where the time of ${monitor.name} went, on average: ${words}`}
    />
  );
}

function TooFew({ count, steps = false }: { count: number; steps?: boolean }) {
  const one = steps
    ? 'What was measured makes one point of a window as long as this; choose a shorter one.'
    : 'Two points make a line; the next one is on its way.';
  return <p className="py-10 text-center text-muted">{count === 0 ? 'Nothing was measured in this stretch.' : one}</p>;
}
