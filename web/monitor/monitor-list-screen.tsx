import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import {
  getMonitorCounts,
  listLocations,
  listMonitorGroups,
  listMonitors,
  listMonitorTags,
  type Monitor,
  type MonitorState,
} from '#monitor/contract';
import { useKey } from '../app/keys.ts';
import { useList, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Input, Select } from '../ui/input.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { AddMonitorDialog } from './add-monitor-dialog.tsx';
import { GroupList } from './group-list.tsx';
import { ManyBar } from './many-bar.tsx';
import { MonitorRows } from './monitor-rows.tsx';

type LocationId = Monitor['locations'][number]['id'];
type Filter = MonitorState | 'all';
const states: readonly MonitorState[] = ['down', 'degraded', 'unknown', 'up', 'paused'];

export function MonitorListScreen() {
  const [filter, setFilter] = useState<Filter>('all');
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const [tag, setTag] = useState('');
  const [locationId, setLocationId] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [adding, setAdding] = useState(false);
  const counts = useRead(getMonitorCounts, {}, ['monitors']);
  const list = useList(
    listMonitors,
    {
      query: {
        ...(filter === 'all' ? {} : { state: filter }),
        ...(search === '' ? {} : { search }),
        ...(tag === '' ? {} : { tag }),
        ...(locationId === '' ? {} : { locationId: locationId as LocationId }),
        limit: 100,
      },
    },
    ['monitors'],
    { refetchInterval: 30_000 },
  );
  const tags = useRead(listMonitorTags, {}, ['monitors']);
  const locations = useList(listLocations, { query: { limit: 200 } }, ['locations']);
  const groups = useRead(listMonitorGroups, {}, ['monitors']);
  const hasGroups = groups.data?.items.some(({ group }) => group !== null) ?? false;
  const { view = 'list' } = useSearch({ from: '/shell/monitors' });
  const navigate = useNavigate();
  const mayAdd = useMay('monitors.manage');
  const choose = (id: string, isChosen: boolean) =>
    setChosen((before) => new Set(isChosen ? [...before, id] : [...before].filter((one) => one !== id)));
  const choice = { chosen, ...(mayAdd ? { choose } : {}) };
  const showAll = () => {
    setTyped('');
    setFilter('all');
    setTag('');
    setLocationId('');
  };
  useKey('a', 'Add a monitor', () => setAdding(true), mayAdd);

  const isFiltered = filter !== 'all' || search !== '' || tag !== '' || locationId !== '';
  // Whoever looks for something finds it in one list, wherever it stands.
  const isGrouped = view === 'groups' && hasGroups && !isFiltered;
  const none = counts.data?.total === 0;
  const add = mayAdd ? (
    <Button variant="primary" keyHint="a" onClick={() => setAdding(true)}>
      Add a monitor
    </Button>
  ) : null;
  return (
    <Page
      title="Monitors"
      acts={
        <>
          <Link to="/slos" className={buttonClass()}>
            SLOs
          </Link>
          {none ? null : add}
        </>
      }
    >
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
          {hasGroups ? (
            <Segments
              label="View"
              value={view}
              onChange={(next) =>
                void navigate({ to: '/monitors', search: next === 'groups' ? { view: next } : {}, replace: true })
              }
              options={[
                { value: 'list', label: 'List' },
                { value: 'groups', label: 'Groups' },
              ]}
            />
          ) : null}
          {(tags.data?.items.length ?? 0) === 0 ? null : (
            <Select aria-label="Tag" value={tag} onChange={(event) => setTag(event.target.value)} className="max-w-44">
              <option value="">Every tag</option>
              {tags.data?.items.map((one) => (
                <option key={one.tag} value={one.tag}>
                  {one.tag} ({one.monitors})
                </option>
              ))}
            </Select>
          )}
          {(locations.items?.length ?? 0) === 0 ? null : (
            <Select
              aria-label="Asked from"
              value={locationId}
              onChange={(event) => setLocationId(event.target.value)}
              className="max-w-44"
            >
              <option value="">From everywhere</option>
              <option value="home">Here</option>
              {locations.items?.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </div>
      )}
      {chosen.size === 0 ? null : <ManyBar ids={[...chosen]} onDone={() => setChosen(new Set())} />}
      {isGrouped ? (
        <GroupList choice={choice} />
      ) : (
        <LoadedList
          list={list}
          rows={8}
          empty={
            none || !isFiltered ? (
              <EmptyState title="No monitors yet" act={add}>
                Paste one address. Allclear checks it every 30 seconds, and when it stops answering an alert opens and
                somebody is paged.
              </EmptyState>
            ) : (
              <EmptyState title="No such monitor" act={<Button onClick={showAll}>Show all</Button>} />
            )
          }
        >
          {(items) => <MonitorRows items={items} choice={choice} />}
        </LoadedList>
      )}
      {adding ? <AddMonitorDialog onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}
