import { useState } from 'react';
import { type Evidence, listFailures, type Monitor } from '#monitor/contract';
import { useList } from '../data/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Section } from '../ui/panel.tsx';
import { PhaseBar } from '../ui/phase-bar.tsx';
import { StateWord } from '../ui/state-badge.tsx';
import { Table, Td, Th } from '../ui/table.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { EvidenceDrawer } from './evidence-drawer.tsx';
import { pollMs } from './poll.ts';

/** Checks that were not up, with what was expected and what came. */
export function FailureTable({ monitor }: { monitor: Monitor }) {
  const [chosen, setChosen] = useState<Evidence>();
  const failures = useList(
    listFailures,
    { params: { id: monitor.id }, query: { limit: 20 } },
    ['monitors', `monitor:${monitor.id}`],
    monitor.state === 'up' ? {} : { refetchInterval: pollMs(monitor) },
  );
  return (
    <Section title="Failures with evidence">
      <LoadedList
        list={failures}
        rows={3}
        empty={<EmptyState title="No check has failed">When one does, what came back is kept here.</EmptyState>}
      >
        {(items) => (
          <Table
            label="Failures"
            head={
              <>
                <Th>When</Th>
                <Th>Outcome</Th>
                <Th className="max-sm:hidden">Expected</Th>
                <Th>Got</Th>
                <Th className="max-sm:hidden">Phases</Th>
                <Th className="max-sm:hidden">Address</Th>
              </>
            }
          >
            {items.map((one) => (
              <tr key={`${one.checkedAt} ${one.location ?? ''}`} className="relative hover:bg-sunken">
                <Td>
                  <button
                    type="button"
                    onClick={() => setChosen(one)}
                    className="after:absolute after:inset-0 hover:underline"
                  >
                    <RelativeTime at={one.checkedAt} show="seconds" />
                  </button>
                </Td>
                <Td>
                  <StateWord state={one.outcome} />
                </Td>
                <Td className="max-w-48 truncate max-sm:hidden">
                  {one.failures[0]?.expected ?? (one.outcome === 'degraded' ? 'an answer in time' : 'an answer')}
                </Td>
                <Td
                  className="max-w-72 truncate text-bad-text max-sm:max-w-0 max-sm:min-w-28 max-sm:break-words max-sm:whitespace-normal"
                  title={one.error?.message ?? one.summary}
                >
                  {one.failures[0]?.got ?? one.error?.message ?? one.summary}
                </Td>
                <Td className="min-w-40 max-sm:hidden">
                  <PhaseBar phases={one.phases} />
                </Td>
                <Td className="text-xs text-muted max-sm:hidden">
                  <span className="font-mono">{one.address ?? '–'}</span>
                  {one.location === undefined ? null : <bdi className="block">from {one.location}</bdi>}
                </Td>
              </tr>
            ))}
          </Table>
        )}
      </LoadedList>
      {chosen === undefined ? null : <EvidenceDrawer evidence={chosen} onClose={() => setChosen(undefined)} />}
    </Section>
  );
}
