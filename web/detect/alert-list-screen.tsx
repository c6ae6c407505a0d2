import { useState } from 'react';
import { type AlertState, type AlertView, getAlertCounts, listAlerts } from '#detect/contract';
import type { RouteArguments } from '#kernel/route.ts';
import { useCommands } from '../app/commands.ts';
import { useList, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { plural } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Rows } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { AlertLine } from './alert-line.tsx';
import { ReportDialog } from './report-dialog.tsx';

type Filter = AlertState | 'quiet' | 'all' | 'vanished';
const filters: { value: Filter; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'acknowledged', label: 'Acknowledged' },
  { value: 'quiet', label: 'Quiet' },
  { value: 'closed', label: 'Closed' },
  { value: 'all', label: 'All' },
];

/** Quiet ones (suppressed, held, muted) stand apart: they ask nobody, and nothing is dropped. */
const QUERIES: Record<Filter, NonNullable<RouteArguments<typeof listAlerts>['query']>> = {
  open: { state: 'open', quiet: 'false' },
  acknowledged: { state: 'acknowledged' },
  quiet: { quiet: 'true' },
  closed: { state: 'closed' },
  all: {},
  vanished: { transient: 'true' },
};

/** Claims that something is wrong, newest first. */
export function AlertListScreen() {
  const [filter, setFilter] = useState<Filter>('open');
  const [reporting, setReporting] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const mayReport = useMay('alerts.report');
  const mayAct = useMay('alerts.act');
  const report = () => setReporting(true);
  useCommands(mayReport ? [{ id: 'report', title: 'Report a problem', group: 'Do', run: report }] : []);
  const tick = (alertId: string, ticked: boolean) => {
    const next = new Set(chosen);
    if (ticked) next.add(alertId);
    else next.delete(alertId);
    setChosen(next);
  };
  const vanished = useRead(getAlertCounts, {}, ['alerts']).data?.transient ?? 0;
  const list = useList(listAlerts, { query: QUERIES[filter] }, ['alerts']);
  return (
    <Page
      title="Alerts"
      acts={
        <>
          <Segments label="State" value={filter} onChange={setFilter} options={filters} />
          {mayReport ? <Button onClick={report}>Report a problem</Button> : null}
        </>
      }
    >
      {filter === 'vanished' ? (
        <p className="text-muted">These were over while a route held them, before anybody was asked.</p>
      ) : vanished === 0 ? null : (
        <p className="text-muted">
          {plural(vanished, 'alert')} vanished while held in the last 24 hours; nobody was asked.{' '}
          <button type="button" className={textLink} onClick={() => setFilter('vanished')}>
            Show {vanished === 1 ? 'it' : 'them'}
          </button>
        </p>
      )}
      <LoadedList
        list={list}
        rows={6}
        empty={
          <EmptyState title={filter === 'open' ? 'No open alerts' : 'No such alert'}>
            {filter === 'open'
              ? 'When a monitor fails, a heartbeat stays away or another tool sends a signal, it stands here.'
              : 'Choose All to see the others.'}
          </EmptyState>
        }
      >
        {(items) => (
          <>
            <Rows>
              {items.map((alert) => (
                <AlertLine
                  key={alert.id}
                  alert={alert}
                  ticked={chosen.has(alert.id)}
                  onTick={mayAct && alert.state !== 'closed' ? (ticked) => tick(alert.id, ticked) : undefined}
                />
              ))}
            </Rows>
            <Chosen shown={items} chosen={chosen} keep={(ids) => setChosen(new Set(ids))} />
          </>
        )}
      </LoadedList>
      {reporting ? <ReportDialog onClose={() => setReporting(false)} /> : null}
    </Page>
  );
}

const MOST_AT_ONCE = 200;

/** Only what is in view counts as chosen: nobody acts on what they cannot see. */
function Chosen({
  shown,
  chosen,
  keep,
}: {
  shown: readonly AlertView[];
  chosen: ReadonlySet<string>;
  keep: (alertIds: readonly string[]) => void;
}) {
  const open = shown.filter(({ state }) => state !== 'closed').map(({ id }) => id);
  const ticked = open.filter((id) => chosen.has(id)).slice(0, MOST_AT_ONCE);
  if (ticked.length === 0) return null;
  return <BulkBar chosen={ticked} keep={keep} all={open.slice(0, MOST_AT_ONCE)} />;
}
