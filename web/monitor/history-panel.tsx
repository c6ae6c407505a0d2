import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import {
  getLatency,
  getUptime,
  isAsked,
  listStates,
  type Monitor,
  type TimeWindow,
  type Uptime,
} from '#monitor/contract';
import { readOf, useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { currentTime } from '../ui/clock.ts';
import { formatDuration, formatToTheSecond } from '../ui/format.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { LatencyChart } from './latency-chart.tsx';
import { uptimeWords } from './monitor-line.tsx';
import { SpanDialog } from './span-dialog.tsx';
import { type Span, type SpanSearch, spanOf, spanSearch, spanWindows, zoomOut, zoomTo } from './span.ts';
import { StateTimeline } from './state-timeline.tsx';

/** What was, over any stretch of time: states, uptime, and the response time where the monitor asks. */
export function HistoryPanel({ monitor }: { monitor: Monitor }) {
  const search = useSearch({ from: '/shell/monitors/$monitorId' });
  const navigate = useNavigate({ from: '/monitors/$monitorId' });
  const [choosing, setChoosing] = useState(false);
  // A job that calls once a day has nothing to tell of an hour.
  const usual = isAsked(monitor.kind) ? '1h' : '30d';
  // The router hands on what it was not told of as well.
  const span = spanOf(spanSearch(search), currentTime(), usual, new Date(monitor.createdAt));
  const show = (chosen: SpanSearch) => void navigate({ search: chosen, resetScroll: false });
  const onZoom = (from: number, to: number) => show(zoomTo(from, to, currentTime()));
  const topics = ['monitors', `monitor:${monitor.id}`];
  const params = { id: monitor.id };
  const asked = { params, query: span.query };
  const states = useRead(listStates, asked, topics, { refetchInterval: 60_000, keepPrevious: true });
  const uptime = useRead(getUptime, asked, topics, { refetchInterval: 60_000, keepPrevious: true });
  const client = useQueryClient();
  /** What a window shows is on its way while the hand is. */
  const fetchAhead = (window: TimeWindow) => {
    const ahead = { params, query: { window } };
    void client.prefetchQuery(readOf(listStates, ahead, topics));
    void client.prefetchQuery(readOf(getUptime, ahead, topics));
    if (isAsked(monitor.kind)) void client.prefetchQuery(readOf(getLatency, ahead, topics));
  };
  return (
    <Section
      title="History"
      aside={
        <Segments
          label="Window"
          value={span.window ?? 'own'}
          onChange={(window) => (window === 'own' ? setChoosing(true) : show({ window }))}
          onAim={(window) => (window === 'own' ? undefined : fetchAhead(window))}
          options={[...spanWindows, { value: 'own', label: 'from … to' }]}
        />
      }
    >
      <Panel className="grid gap-3 p-4">
        {span.window === null ? (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p className="num font-medium">{spanWords(span)}</p>
            <Button size="sm" onClick={() => show(zoomOut(span, currentTime()))}>
              Zoom out
            </Button>
          </div>
        ) : null}
        <Loaded read={states} rows={1}>
          {({ items }) => (
            <>
              <p className="num text-muted">{uptime.data === undefined ? ' ' : <UptimeLine uptime={uptime.data} />}</p>
              <StateTimeline states={items} span={span} name={monitor.name} onZoom={onZoom} />
              {isAsked(monitor.kind) ? (
                <LatencyChart monitor={monitor} span={span} states={items} onZoom={onZoom} />
              ) : null}
            </>
          )}
        </Loaded>
      </Panel>
      {choosing ? <SpanDialog span={span} onChoose={show} onClose={() => setChoosing(false)} /> : null}
    </Section>
  );
}

function spanWords({ from, to }: Span): string {
  const words = (at: number) => formatToTheSecond(new Date(at * 1_000), currentTime());
  return `${words(from)} – ${words(to)}`;
}

/** The share, and everything that it does not count. */
function UptimeLine({ uptime }: { uptime: Uptime }) {
  const amounts: [string, number][] = [
    ['down', uptime.downSeconds],
    ['degraded', uptime.degradedSeconds],
    ['in maintenance', uptime.maintenanceSeconds],
    ['unknown', uptime.unknownSeconds],
    ['paused', uptime.pausedSeconds],
  ];
  const said = amounts.filter(([, seconds]) => seconds >= 1);
  return (
    <>
      <span className="font-medium text-text">
        {uptime.uptimePercent === null ? 'Nothing known' : `${uptimeWords(uptime.uptimePercent)} up`}
      </span>
      {said.map(([word, seconds]) => ` · ${formatDuration(Math.floor(seconds))} ${word}`).join('')}
    </>
  );
}
