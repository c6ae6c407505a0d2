import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { getMonitorCounts, listMonitorGroups, listMonitors } from '#monitor/contract';
import { useKey } from '../app/keys.ts';
import { useList, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { AddMonitorDialog } from './add-monitor-dialog.tsx';
import { GroupList } from './group-list.tsx';
import { isFiltered, type ListChange, listQuery, listSearch } from './list-search.ts';
import { ManyBar } from './many-bar.tsx';
import { MonitorFilters } from './monitor-filters.tsx';
import { MonitorRows } from './monitor-rows.tsx';

export function MonitorListScreen() {
  const search = useSearch({ from: '/shell/monitors' });
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [adding, setAdding] = useState(false);
  const counts = useRead(getMonitorCounts, {}, ['monitors']);
  const list = useList(listMonitors, { query: listQuery(search) }, ['monitors'], {
    refetchInterval: 30_000,
  });
  const groups = useRead(listMonitorGroups, {}, ['monitors']);
  const hasGroups = groups.data?.items.some(({ group }) => group !== null) ?? false;
  const mayAdd = useMay('monitors.manage');
  const choose = (id: string, isChosen: boolean) =>
    setChosen((before) => new Set(isChosen ? [...before, id] : [...before].filter((one) => one !== id)));
  const choice = { chosen, ...(mayAdd ? { choose } : {}) };
  const show = (change: ListChange) =>
    void navigate({ to: '/monitors', search: (before) => listSearch({ ...before, ...change }), replace: true });
  const showAll = () =>
    void navigate({ to: '/monitors', search: search.view === undefined ? {} : { view: search.view }, replace: true });
  useKey('a', 'Add a monitor', () => setAdding(true), mayAdd);

  // Whoever looks for something finds it in one list, wherever it stands.
  const isGrouped = search.view === 'groups' && hasGroups && !isFiltered(search);
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
        <MonitorFilters search={search} onChange={show}>
          {hasGroups ? (
            <Segments
              label="View"
              value={search.view ?? 'list'}
              onChange={(view) => show({ view: view === 'groups' ? view : undefined })}
              options={[
                { value: 'list', label: 'List' },
                { value: 'groups', label: 'Groups' },
              ]}
            />
          ) : null}
        </MonitorFilters>
      )}
      {chosen.size === 0 ? null : <ManyBar ids={[...chosen]} onDone={() => setChosen(new Set())} />}
      {isGrouped ? (
        <GroupList choice={choice} />
      ) : (
        <LoadedList
          list={list}
          rows={8}
          empty={
            none || !isFiltered(search) ? (
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
