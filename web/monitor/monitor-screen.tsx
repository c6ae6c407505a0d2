import { useParams } from '@tanstack/react-router';
import { getMonitor, isAsked, type Monitor } from '#monitor/contract';
import { Badge } from '../ui/badge.tsx';
import { Page, Section } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Countdown, Duration, RelativeTime } from '../ui/time.tsx';
import { formatDuration } from '../ui/format.ts';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { useRead } from '../data/query.ts';
import { questionWords } from './assertion-words.ts';
import { BeatTable, DurationPanel } from './beat-table.tsx';
import { FailureTable } from './failure-table.tsx';
import { FeedsPanel } from './feeds-panel.tsx';
import { HeartbeatPanel } from './heartbeat-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { LatestCheck } from './latest-check.tsx';
import { ManagedNote } from './managed-note.tsx';
import { MonitorActs } from './monitor-acts.tsx';
import { MonitorDays } from './monitor-days.tsx';
import { MonitorStats } from './monitor-stats.tsx';
import { PlacesPanel } from './places-panel.tsx';
import { pollMs } from './poll.ts';
import { PushedValuePanel } from './pushed-value-panel.tsx';
import { shortKinds } from './short-kinds.ts';
import { StepsPanel } from './steps-panel.tsx';

export function MonitorScreen() {
  const { monitorId } = useParams({ from: '/shell/monitors/$monitorId' });
  const monitor = useRead(getMonitor, { params: { id: monitorId } }, ['monitors', `monitor:${monitorId}`], {
    // The first result is there within two seconds; from then on the pace of the checks is enough.
    refetchInterval: (kept) => (kept === undefined || kept.lastCheckedAt === null ? 250 : pollMs(kept)),
  });
  return (
    <LoadedScreen read={monitor} title="Monitor">
      {(data) => <MonitorView monitor={data} />}
    </LoadedScreen>
  );
}

function MonitorView({ monitor }: { monitor: Monitor }) {
  return (
    <Page
      title={monitor.name}
      above={
        <>
          <StateBadge state={monitor.state} />
          <Duration since={monitor.since} />
          {monitor.maintenance === null ? null : (
            <Badge tone="accent" glyph="diamond">
              Maintenance: <bdi>{monitor.maintenance.title}</bdi>, until{' '}
              <RelativeTime at={monitor.maintenance.endsAt} show="absolute" />
            </Badge>
          )}
          {monitor.flappingSince === null ? null : (
            <Badge tone="warn" glyph="diamond">
              Flapping since <RelativeTime at={monitor.flappingSince} show="absolute" />, held until it has answered for
              a while
            </Badge>
          )}
          {monitor.drill === null ? null : (
            <Badge tone="accent" glyph="diamond">
              Drill, ends in <Countdown dueAt={monitor.drill.endsAt} warnSeconds={0} className="text-accent-text!" />
            </Badge>
          )}
          <span>
            {shortKinds[monitor.kind]}
            {!isAsked(monitor.kind) ? '' : ` · every ${formatDuration(monitor.intervalSeconds)}`} ·{' '}
            {monitor.serviceName}
            {monitor.group === null ? null : (
              <>
                {' · '}
                <bdi>{monitor.group.replaceAll('/', ' › ')}</bdi>
              </>
            )}
          </span>
        </>
      }
      below={isAsked(monitor.kind) ? <p className="font-mono text-xs break-all">{questionWords(monitor)}</p> : null}
      acts={<MonitorActs monitor={monitor} />}
    >
      <div className="grid grid-cols-1 gap-6">
        <ManagedNote monitor={monitor} />
        <MonitorStats monitor={monitor} />
        {isAsked(monitor.kind) ? <LatestCheck monitor={monitor} /> : null}
        {monitor.heartbeat === null ? null : (
          <>
            <HeartbeatPanel monitor={monitor} heartbeat={monitor.heartbeat} />
            <DurationPanel monitor={monitor} />
            <BeatTable monitor={monitor} />
          </>
        )}
        {monitor.pushedValue === null ? null : <PushedValuePanel monitor={monitor} pushedValue={monitor.pushedValue} />}
        {monitor.kind === 'api' ? <StepsPanel monitor={monitor} /> : null}
        <HistoryPanel monitor={monitor} />
        <FeedsPanel monitor={monitor} />
        <PlacesPanel monitor={monitor} />
        <FailureTable monitor={monitor} />
        <Section title="Last 90 days">
          <MonitorDays monitor={monitor} />
        </Section>
      </div>
    </Page>
  );
}
