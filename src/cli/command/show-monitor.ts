import { formatDuration } from '#kernel/duration.ts';
import {
  getLatency,
  getMonitor,
  getUptime,
  isAsked,
  type Latency,
  listFailures,
  listStates,
  type Monitor,
  type SpanQuery,
  type StateStretch,
  type TimeWindow,
  type Uptime,
} from '#monitor/contract';
import type { Api } from '../api.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment, shortened } from '../text.ts';
import { instantOf } from '../time.ts';
import { findMonitorId } from './find-monitor.ts';
import { senderAddressOf } from './monitor-address.ts';
import { percentWords, stateWords } from './monitors.ts';

export type MonitorShowOptions = { readonly window?: TimeWindow; readonly from?: string; readonly to?: string };

const MOST_FAULTS = 10;

/** One monitor: how it stands, and what it was like over a stretch of time. */
export async function showMonitor(api: Api, io: Io, name: string, options: MonitorShowOptions): Promise<Outcome> {
  const params = { id: await findMonitorId(api, name) };
  const query = spanOf(options, io.now());
  const [monitor, uptime, states, failures] = await Promise.all([
    api.call(getMonitor, { params }),
    api.call(getUptime, { params, query }),
    api.call(listStates, { params, query }),
    api.call(listFailures, { params, query: { limit: 1 } }),
  ]);
  const latency = isAsked(monitor.kind) ? await api.call(getLatency, { params, query }) : null;
  const [failure] = failures.items;
  const address = senderAddressOf(monitor);
  const last =
    failure === undefined ? [] : [['last failure', `${moment(failure.checkedAt, io.now())}: ${failure.summary}`]];
  const facts = columns(
    [
      ['state', `${stateWords(monitor)} since ${moment(monitor.since, io.now())}`],
      ...nextOf(monitor, io.now()),
      ['of', monitor.serviceName],
      ...(address === null ? [] : [['address', address]]),
      ...last,
      ['uptime', `${uptimeWords(uptime)}, ${spanWords(query, uptime, io.now())}`],
      ...(latency === null || latency.overall.count === 0 ? [] : latencyRows(latency)),
    ],
    '  ',
  );
  return {
    text: [titleOf(monitor), facts, ...faultsOf(states.items, io.now())].join('\n'),
    data: { monitor, uptime, latency, states: states.items },
    exitCode: monitor.state === 'down' ? EXIT.attention : EXIT.ok,
  };
}

function titleOf({ id, kind, name, url }: Monitor): string {
  return [name, id, kind, ...(url === null ? [] : [shortened(url, 200)])].join('  ');
}

function spanOf({ window, from, to }: MonitorShowOptions, now: Date): SpanQuery {
  if (from === undefined && to === undefined) return { window: window ?? '24h' };
  return { ...(window === undefined ? {} : { window }), ...instantOf('from', from, now), ...instantOf('to', to, now) };
}

function nextOf({ nextCheckAt, intervalSeconds, worstCaseDetectionSeconds }: Monitor, now: Date): string[][] {
  const found = `a failure is known within ${formatDuration(Math.ceil(worstCaseDetectionSeconds))}`;
  if (nextCheckAt === null) return [['checked', found]];
  return [['checked', `every ${formatDuration(intervalSeconds)}, next ${moment(nextCheckAt, now)}; ${found}`]];
}

function spanWords({ window }: SpanQuery, { from, to }: Uptime, now: Date): string {
  return window === undefined ? `from ${moment(from, now)} to ${moment(to, now)}` : `in the last ${window}`;
}

/** No more places than tell something. */
function msWords(ms: number | null): string {
  return ms === null ? '–' : `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;
}

function uptimeWords(uptime: Uptime): string {
  const amounts: [number, string][] = [
    [uptime.downSeconds, 'down'],
    [uptime.degradedSeconds, 'degraded'],
    [uptime.maintenanceSeconds, 'in maintenance'],
    [uptime.unknownSeconds, 'unknown'],
    [uptime.pausedSeconds, 'paused'],
  ];
  const said = amounts
    .filter(([seconds]) => seconds >= 1)
    .map(([seconds, word]) => `, ${formatDuration(seconds)} ${word}`);
  return `${percentWords(uptime.uptimePercent)}${said.join('')}`;
}

function latencyRows({ overall }: Latency): string[][] {
  const { dnsMs, tcpMs, tlsMs, firstByteMs, transferMs } = overall.phases;
  const phases: [string, number | null][] = [
    ['DNS', dnsMs],
    ['TCP', tcpMs],
    ['TLS', tlsMs],
    ['first byte', firstByteMs],
    ['transfer', transferMs],
  ];
  const went = phases.flatMap(([name, ms]) => (ms === null ? [] : [`${name} ${msWords(ms)}`]));
  return [
    [
      'answers',
      `p50 ${msWords(overall.p50Ms)}, p95 ${msWords(overall.p95Ms)}, p99 ${msWords(overall.p99Ms)} (${count(overall.count, 'check')})`,
    ],
    ...(went.length === 0 ? [] : [['on average', went.join(', ')]]),
  ];
}

/** What was not up, the last first. */
function faultsOf(states: readonly StateStretch[], now: Date): string[] {
  const faults = states
    .filter((one) => one.state !== 'up' && one.state !== 'paused' && secondsOf(one) >= 1)
    .toReversed();
  if (faults.length === 0) return [];
  const rows = faults
    .slice(0, MOST_FAULTS)
    .map((one) => [one.state, moment(one.from, now), `for ${formatDuration(secondsOf(one))}`]);
  const rest = faults.length > MOST_FAULTS ? [`    and ${faults.length - MOST_FAULTS} before`] : [];
  return [columns(rows, '    '), ...rest];
}

function secondsOf({ from, to }: StateStretch): number {
  return (new Date(to).getTime() - new Date(from).getTime()) / 1_000;
}
