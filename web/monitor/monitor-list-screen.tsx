import { useDeferredValue, useState } from 'react';
import { getMonitorCounts, listMonitors, type MonitorState } from '#monitor/contract';
import { useKey } from '../app/keys.ts';
import { useList, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Input } from '../ui/input.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Rows } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { AddMonitorDialog } from './add-monitor-dialog.tsx';
import { MonitorLine } from './monitor-line.tsx';

type Filter = MonitorState | 'all';
const states: readonly MonitorState[] = ['down', 'degraded', 'unknown', 'up', 'paused'];

export function MonitorListScreen() {
  const [filter, setFilter] = useState<Filter>('all');
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const [adding, setAdding] = useState(false);
  const counts = useRead(getMonitorCounts, {}, ['monitors']);
  const list = useList(
    listMonitors,
    { query: { ...(filter === 'all' ? {} : { state: filter }), ...(search === '' ? {} : { search }), limit: 100 } },
    ['monitors'],
    { refetchInterval: 30_000 },
  );
  const mayAdd = useMay('monitors.manage');
  useKey('a', 'Add a monitor', () => setAdding(true), mayAdd);

  const none = counts.data?.total === 0;
  const add = mayAdd ? (
    <Button variant="primary" keyHint="a" onClick={() => setAdding(true)}>
      Add a monitor
    </Button>
  ) : null;
  return (
    <Page title="Monitors" acts={none ? null : add}>
      {none ? null : (
        <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Input
            type="search"
            aria-label="Find a monitor"
            placeholder="Find by name or address"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="max-w-72"
          />
          <Segments
            label="State"
            value={filter}
            onChange={setFilter}
            options={[
              { value: 'all', label: `All ${counts.data?.total ?? ''}` },
              ...states
                .filter((state) => (counts.data?.[state] ?? 0) > 0 || state === filter)
                .map((state) => ({
                  value: state,
                  label: `${state[0]?.toUpperCase()}${state.slice(1)} ${counts.data?.[state] ?? 0}`,
                })),
            ]}
          />
        </div>
      )}
      <LoadedList
        list={list}
        rows={8}
        empty={
          none || (filter === 'all' && search === '') ? (
            <EmptyState title="No monitors yet" act={add}>
              Paste one address. Allclear checks it every 30 seconds, and when it stops answering an alert opens and
              somebody is paged.
            </EmptyState>
          ) : (
            <EmptyState
              title="No such monitor"
              act={<Button onClick={() => (setTyped(''), setFilter('all'))}>Show all</Button>}
            />
          )
        }
      >
        {(items) => (
          <Rows>
            {items.map((monitor) => (
              <MonitorLine key={monitor.id} monitor={monitor} />
            ))}
          </Rows>
        )}
      </LoadedList>
      {adding ? <AddMonitorDialog onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}
