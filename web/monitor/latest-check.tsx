import { listFailures, listStepRuns, type Monitor } from '#monitor/contract';
import { useRead } from '../data/query.ts';
import { Spinner } from '../ui/button.tsx';
import { formatMs } from '../ui/format.ts';
import { Panel, Section } from '../ui/panel.tsx';
import { PhaseBar } from '../ui/phase-bar.tsx';
import { StateWord } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { pollMs } from './poll.ts';
import { StepsView } from './steps-view.tsx';

/** The last answer and where its time went. */
export function LatestCheck({ monitor }: { monitor: Monitor }) {
  const result = monitor.lastResult;
  if (result === null) {
    if (monitor.state === 'paused') return null;
    return (
      <Section title="Latest check">
        <Panel className="flex items-center gap-2.5 p-4 text-muted">
          <Spinner /> <span role="status">The first check is under way</span>
        </Panel>
      </Section>
    );
  }
  return (
    <Section title="Latest check" aside={<RelativeTime at={result.startedAt} />}>
      <Panel className="grid gap-3 p-4">
        <p className="num flex flex-wrap items-center gap-x-4 gap-y-1">
          <StateWord state={result.outcome} className="font-medium" />
          {result.status === null ? null : <span>status {result.status}</span>}
          <span>{formatMs(result.totalMs)} in all</span>
        </p>
        {result.outcome === 'up' ? null : <Reason monitor={monitor} startedAt={result.startedAt} />}
        {monitor.kind === 'journey' ? <LatestSteps monitor={monitor} /> : <PhaseBar phases={result.phases} legend />}
      </Panel>
    </Section>
  );
}

/** Why the last check was not up, in the words of its evidence. */
function Reason({ monitor, startedAt }: { monitor: Monitor; startedAt: string }) {
  const failures = useRead(
    listFailures,
    { params: { id: monitor.id }, query: { limit: 1 } },
    ['monitors', `monitor:${monitor.id}`],
    { refetchInterval: pollMs(monitor), keepPrevious: true },
  );
  const [last] = failures.data?.items ?? [];
  // One of them is rounded to the millisecond.
  const isOfIt = last !== undefined && Date.parse(last.checkedAt) >= Date.parse(startedAt) - 1;
  return isOfIt ? <p className="break-words">{last.summary}</p> : null;
}

/** The steps of the last check that was made in steps. */
function LatestSteps({ monitor }: { monitor: Monitor }) {
  const runs = useRead(
    listStepRuns,
    { params: { id: monitor.id }, query: { limit: 1 } },
    ['monitors', `monitor:${monitor.id}`],
    { refetchInterval: pollMs(monitor), keepPrevious: true },
  );
  const [last] = runs.data?.items ?? [];
  return last === undefined ? null : <StepsView steps={last.steps} totalMs={last.totalMs} />;
}
