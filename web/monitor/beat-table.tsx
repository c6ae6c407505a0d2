import { useState } from 'react';
import { type BeatView, getBeatLog, listBeats, type Monitor } from '#monitor/contract';
import { useList, useRead } from '../data/query.ts';
import { toneText } from '../ui/badge.tsx';
import { Chart } from '../ui/chart.tsx';
import { CopyBlock } from '../ui/copy-button.tsx';
import { Drawer } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatExact, formatMs } from '../ui/format.ts';
import { Loaded, LoadedList } from '../ui/loaded.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { Table, Td, Th } from '../ui/table.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { kindWords } from './beat-words.ts';
import { downBands } from './down-bands.ts';

type Kind = BeatView['kind'] | 'all';
const kinds: { value: Kind; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'success', label: 'Success' },
  { value: 'failure', label: 'Failure' },
  { value: 'missed', label: 'Missed' },
  { value: 'start', label: 'Start' },
  { value: 'log', label: 'Log' },
];
const tones = {
  start: toneText.accent,
  success: toneText.ok,
  failure: toneText.bad,
  missed: toneText.bad,
  log: toneText.neutral,
};

const secondsOf = (instant: string) => new Date(instant).getTime() / 1000;
const topicsOf = (monitor: Monitor) => [`monitor:${monitor.id}`];

/** How long the runs took, as far back as one page holds; nothing for a job that does not say when it starts. */
export function DurationPanel({ monitor }: { monitor: Monitor }) {
  const beats = useRead(listBeats, { params: { id: monitor.id }, query: { limit: 200 } }, topicsOf(monitor));
  const ends = (beats.data?.items ?? []).filter(({ durationMs }) => durationMs !== null).toReversed();
  const [first] = ends;
  const last = ends.at(-1);
  if (!first || !last || first === last) return null;
  const span = secondsOf(last.at) - secondsOf(first.at);
  const longest = monitor.heartbeat?.maxRunSeconds ?? null;
  const most = Math.max(...ends.map(({ durationMs }) => durationMs ?? 0));
  // A limit far above every run would press the line to the ground.
  const limit =
    longest !== null && longest * 1000 < most * 4
      ? { value: longest * 1000, label: `at most ${formatMs(longest * 1000)}` }
      : undefined;
  return (
    <Section title="Run time" aside={`the last ${ends.length} runs that were measured`}>
      <Panel className="p-4">
        <Chart
          times={ends.map(({ at }) => secondsOf(at))}
          series={[{ label: 'run time', tone: 'accent', values: ends.map(({ durationMs }) => durationMs) }]}
          bands={downBands(
            ends.filter(({ kind }) => kind === 'failure').map(({ at }) => secondsOf(at)),
            span / 200,
          )}
          threshold={limit}
          formatValue={formatMs}
          label={`Run time of ${monitor.name}, ${ends.length} runs, the longest ${formatMs(most)}`}
        />
      </Panel>
    </Section>
  );
}

/** Every call of the last weeks, and when one did not come. */
export function BeatTable({ monitor }: { monitor: Monitor }) {
  const [kind, setKind] = useState<Kind>('all');
  const [chosen, setChosen] = useState<BeatView>();
  const beats = useList(
    listBeats,
    { params: { id: monitor.id }, query: { limit: 20, ...(kind === 'all' ? {} : { kind }) } },
    topicsOf(monitor),
  );
  return (
    <Section title="Calls" aside={<Segments label="Kind" value={kind} onChange={setKind} options={kinds} />}>
      <LoadedList
        list={beats}
        rows={3}
        empty={
          <EmptyState title={kind === 'all' ? 'Nothing has called yet' : 'None of this kind'}>
            The last 1,000 calls are kept for 90 days, with what the job said.
          </EmptyState>
        }
      >
        {(items) => (
          <Table
            label="List of calls"
            head={
              <>
                <Th>When</Th>
                <Th>What</Th>
                <Th numeric>Took</Th>
                <Th>Run</Th>
                <Th>From</Th>
                <Th numeric>Said</Th>
              </>
            }
          >
            {items.map((one) => (
              <tr key={one.number} className="relative hover:bg-sunken">
                <Td>
                  {one.logLength === 0 ? (
                    <RelativeTime at={one.at} show="seconds" />
                  ) : (
                    <button
                      type="button"
                      onClick={() => setChosen(one)}
                      className="after:absolute after:inset-0 hover:underline"
                    >
                      <RelativeTime at={one.at} show="seconds" />
                    </button>
                  )}
                </Td>
                <Td className={`font-medium whitespace-nowrap ${tones[one.kind]}`}>{kindWords(one)}</Td>
                <Td numeric className="whitespace-nowrap">
                  {one.durationMs === null ? '–' : formatMs(one.durationMs)}
                </Td>
                <Td className="max-w-40 truncate font-mono text-xs text-muted" title={one.runId ?? undefined}>
                  {one.runId ?? '–'}
                </Td>
                <Td className="max-w-64 truncate text-xs text-muted" title={one.agent ?? undefined}>
                  {one.address === null ? null : <span className="font-mono">{one.address} </span>}
                  {one.agent ?? (one.address === null ? '–' : null)}
                </Td>
                <Td numeric className="text-xs whitespace-nowrap text-muted">
                  {one.logLength === 0
                    ? '–'
                    : one.logLength < 1000
                      ? `${one.logLength} B`
                      : `${(one.logLength / 1000).toFixed(1)} kB`}
                </Td>
              </tr>
            ))}
          </Table>
        )}
      </LoadedList>
      {chosen === undefined ? null : (
        <BeatDrawer monitor={monitor} beat={chosen} onClose={() => setChosen(undefined)} />
      )}
    </Section>
  );
}

function BeatDrawer({ monitor, beat, onClose }: { monitor: Monitor; beat: BeatView; onClose: () => void }) {
  const said = useRead(getBeatLog, { params: { id: monitor.id, number: beat.number } }, []);
  return (
    <Drawer open onOpenChange={onClose} title={kindWords(beat)} description={formatExact(new Date(beat.at))}>
      <Loaded read={said} rows={3}>
        {({ log }) => <CopyBlock label="What it said" text={log} />}
      </Loaded>
    </Drawer>
  );
}
