import { listStepRuns, type Monitor, type StepRun } from '#monitor/contract';
import { useRead } from '../data/query.ts';
import { formatMs } from '../ui/format.ts';
import { Panel, Section } from '../ui/panel.tsx';
import { Table, Td, Th } from '../ui/table.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { pollMs } from './poll.ts';
import { timesOfSteps } from './step-times.ts';
import { StepsView } from './steps-view.tsx';

/** The steps of the latest check, and how long each of them took in the last ones. */
export function StepsPanel({ monitor }: { monitor: Monitor }) {
  const runs = useRead(listStepRuns, { params: { id: monitor.id }, query: {} }, ['monitors', `monitor:${monitor.id}`], {
    refetchInterval: pollMs(monitor),
  });
  const items = runs.data?.items ?? [];
  const [latest] = items;
  if (latest === undefined) return null;
  return (
    <Section title="Steps of the latest check" aside={<RelativeTime at={latest.dueAt} />}>
      <Panel className="grid gap-4 p-4">
        <StepsView steps={latest.steps} totalMs={latest.totalMs} />
        {items.length < 2 ? null : <StepTimes runs={items} />}
      </Panel>
    </Section>
  );
}

function StepTimes({ runs }: { runs: readonly { readonly steps: readonly StepRun[] }[] }) {
  return (
    <details>
      <summary className="w-fit text-muted hover:text-text">Time of each step in the last {runs.length} checks</summary>
      <div className="mt-3">
        <Table
          label="Time of each step"
          head={
            <>
              <Th>Step</Th>
              <Th>Half of them within</Th>
              <Th>95 % within</Th>
              <Th>Slowest</Th>
              <Th>Failed</Th>
            </>
          }
        >
          {timesOfSteps(runs).map(({ name, medianMs, p95Ms, slowestMs, failed, ran }) => (
            <tr key={name}>
              <Td className="max-w-60 truncate">
                <bdi>{name}</bdi>
              </Td>
              <Td className="num">{medianMs === null ? '' : formatMs(medianMs)}</Td>
              <Td className="num">{p95Ms === null ? '' : formatMs(p95Ms)}</Td>
              <Td className="num">{slowestMs === null ? '' : formatMs(slowestMs)}</Td>
              <Td className="num">{failed === 0 ? '' : `${failed} of ${ran}`}</Td>
            </tr>
          ))}
        </Table>
      </div>
    </details>
  );
}
