import { getLatency, getUptime, isAsked, type Monitor, type Uptime } from '#monitor/contract';
import { currentTime, useNow } from '../ui/clock.ts';
import { formatDuration, formatMs } from '../ui/format.ts';
import { Stat, Stats } from '../ui/stat.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { useRead } from '../data/query.ts';
import { uptimeWords } from './monitor-line.tsx';

/** The figures of a monitor, each with what it rests on. */
export function MonitorStats({ monitor }: { monitor: Monitor }) {
  const topics = ['monitors', `monitor:${monitor.id}`];
  const params = { id: monitor.id };
  const uptime = useRead(getUptime, { params, query: { window: '30d' } }, topics, { refetchInterval: 60_000 });
  const latency = useRead(getLatency, { params, query: { window: '24h' } }, topics, {
    refetchInterval: 60_000,
    enabled: isAsked(monitor.kind),
  });
  return (
    <Stats>
      <Stat label="Uptime 30 d" note={uptimeNote(uptime.data)}>
        {uptimeWords(uptime.data?.uptimePercent ?? null)}
      </Stat>
      {isAsked(monitor.kind) ? (
        <Stat label="p50 / p95" note="24 h">
          {formatMs(latency.data?.overall.p50Ms)} / {formatMs(latency.data?.overall.p95Ms)}
        </Stat>
      ) : null}
      <Stat label="Detection" note={detectionWords(monitor)}>
        ≤ {formatDuration(Math.ceil(monitor.worstCaseDetectionSeconds))}
      </Stat>
      {monitor.nextCheckAt === null ? null : (
        <Stat label="Next check" note={rhythmWords(monitor)}>
          <NextCheck monitor={monitor} nextCheckAt={monitor.nextCheckAt} />
        </Stat>
      )}
      {monitor.certificateExpiresAt === null ? null : (
        <Stat
          label={monitor.kind === 'domain' ? 'Registration' : 'Certificate'}
          note={
            <>
              ends <RelativeTime at={monitor.certificateExpiresAt} show="absolute" />
            </>
          }
        >
          {Math.floor((new Date(monitor.certificateExpiresAt).getTime() - currentTime().getTime()) / 86_400_000)} d
        </Stat>
      )}
      <Stat label="Service" note="decides who is paged">
        {monitor.serviceName}
      </Stat>
    </Stats>
  );
}

function rhythmWords({ intervalSeconds, locations }: Monitor): string {
  const every = `every ${formatDuration(intervalSeconds)}`;
  return locations.length > 1 ? `${every} from each place` : every;
}

/** It goes round on its own between two reads: the grid of a monitor never moves, and its places take turns on it. */
function NextCheck({ monitor, nextCheckAt }: { monitor: Monitor; nextCheckAt: string }) {
  const now = useNow().getTime();
  const turnMs = (monitor.intervalSeconds * 1_000) / Math.max(1, monitor.locations.length);
  const next = new Date(nextCheckAt).getTime();
  const leftMs = next > now ? next - now : turnMs - ((now - next) % turnMs);
  return <>in {formatDuration(Math.ceil(leftMs / 1_000))}</>;
}

function uptimeNote(uptime: Uptime | undefined): string {
  const { downSeconds = 0, maintenanceSeconds = 0 } = uptime ?? {};
  const down = downSeconds === 0 ? [] : [`${formatDuration(downSeconds)} down`];
  const left = maintenanceSeconds < 1 ? [] : [`without ${formatDuration(maintenanceSeconds)} of maintenance`];
  return [...down, ...left, 'time-weighted'].join(', ');
}

function detectionWords({ kind, confirm, pushedValue }: Monitor): string {
  if (pushedValue !== null && pushedValue.forSeconds > 0) return 'how long it may not hold, and the values around';
  if (!isAsked(kind)) return 'period + grace';
  return confirm.failures === 1 ? 'interval + timeout' : `${confirm.failures} failures in a row`;
}
