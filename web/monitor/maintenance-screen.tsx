import { useState } from 'react';
import {
  endMaintenanceWindow,
  listMaintenanceSeries,
  listMaintenanceWindows,
  listServices,
  type MaintenanceWindowView,
} from '#monitor/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useAll, useList, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { sentenceOf as faultOf } from '../ui/error-note.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Row, Rows } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { type Edited, MaintenanceDialog } from './maintenance-dialog.tsx';
import { MaintenanceSeriesList } from './maintenance-series-list.tsx';
import { MaintenanceTargets } from './maintenance-targets.tsx';

const filters = [
  { value: 'open', label: 'Planned and running' },
  { value: 'over', label: 'Over' },
] as const;

/** Planned work, during which what fails asks nobody. */
export function MaintenanceScreen() {
  const [state, setState] = useState<'open' | 'over'>('open');
  const [edited, setEdited] = useState<Edited>();
  const mayManage = useMay('services.manage');
  const isOpen = state === 'open';
  // Windows begin and end by the clock, of which the stream does not tell.
  const pace = { refetchInterval: 60_000 };
  const alone = useList(
    listMaintenanceWindows,
    { query: isOpen ? { state, seriesId: 'none' } : { state } },
    ['maintenance'],
    pace,
  );
  const running = useRead(listMaintenanceWindows, { query: { state: 'running', limit: 200 } }, ['maintenance'], pace);
  const series = useList(listMaintenanceSeries, { query: { state: 'active' } }, ['maintenance'], pace);
  const services = useAll(listServices, {}, ['monitors']);
  const add = mayManage ? (
    <Button variant="primary" onClick={() => setEdited({})}>
      Plan maintenance
    </Button>
  ) : null;
  const ofSeries = isOpen ? (running.data?.items ?? []).filter(({ seriesId }) => seriesId !== null) : [];
  const items = alone.items && [...ofSeries, ...alone.items.toSorted(byBeginning(isOpen))];
  const bare = isOpen && items?.length === 0 && series.items?.length === 0;
  return (
    <Page
      title="Maintenance"
      narrow
      below="Checks go on. What fails of a service in maintenance stands under Alerts, Quiet, and asks at the end if it is still broken."
      acts={
        <>
          <Segments label="Which" value={state} onChange={setState} options={filters} />
          {bare ? null : add}
        </>
      }
    >
      <div className="grid gap-6">
        {isOpen && !bare && items?.length === 0 ? null : (
          <LoadedList
            list={{ ...alone, items }}
            empty={
              <EmptyState
                title={bare ? 'No maintenance is planned' : 'No maintenance is over yet'}
                act={bare ? add : null}
              >
                Plan it before you pull the plug, and nobody is woken for what you do on purpose.
              </EmptyState>
            }
          >
            {(all) => (
              <Rows>
                {all.map((window) => (
                  <WindowRow
                    key={window.id}
                    window={window}
                    mayChange={mayManage && (window.state === 'planned' || window.state === 'running')}
                    onEdit={() => setEdited({ window })}
                  />
                ))}
              </Rows>
            )}
          </LoadedList>
        )}
        {isOpen ? (
          <MaintenanceSeriesList list={series} mayManage={mayManage} onEdit={(one) => setEdited({ series: one })} />
        ) : null}
      </div>
      {edited === undefined ? null : (
        <MaintenanceDialog edited={edited} services={services.data?.items ?? []} onClose={() => setEdited(undefined)} />
      )}
    </Page>
  );
}

const endWords = { planned: 'ends', running: 'ends', over: 'ended', 'called-off': 'called off' } as const;

/** What is next comes first while it is planned; what is over, newest first. */
function byBeginning(isOpen: boolean) {
  return (a: MaintenanceWindowView, b: MaintenanceWindowView) =>
    isOpen ? a.startsAt.localeCompare(b.startsAt) : b.startsAt.localeCompare(a.startsAt);
}

function WindowRow({
  window,
  mayChange,
  onEdit,
}: {
  window: MaintenanceWindowView;
  mayChange: boolean;
  onEdit: () => void;
}) {
  const personName = usePersonName();
  const planned = window.state === 'planned';
  const end = useAct(endMaintenanceWindow, {
    touches: ['maintenance', 'monitors', 'alerts', 'pages'],
    onDone: () => toast({ text: planned ? 'Called off' : 'The maintenance is over; what is still broken asks now' }),
  });
  const say = { onError: (error: unknown) => toast({ tone: 'bad', text: faultOf(error) }) };
  return (
    <Row className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <bdi className="font-semibold break-words">{window.title}</bdi>
          {window.state === 'over' ? null : <StateBadge state={window.state} />}
        </p>
        <MaintenanceTargets of={window} />
        <p className="mt-0.5 text-xs text-muted">
          by {personName(window.createdBy)} · {window.seriesId === null ? '' : 'of a series · '}
          {planned ? (
            <>
              begins <RelativeTime at={window.startsAt} />, ends <RelativeTime at={window.endsAt} />
            </>
          ) : (
            <>
              {endWords[window.state]} <RelativeTime at={window.endedAt ?? window.endsAt} />
              {window.endedBy === null ? '' : ` by ${personName(window.endedBy)}`}
            </>
          )}
        </p>
      </div>
      {mayChange ? (
        <div className="flex gap-2">
          <Button size="sm" aria-label={`Edit ${window.title}`} onClick={onEdit}>
            Edit
          </Button>
          <Button size="sm" busy={end.isPending} onClick={() => end.mutate({ params: { id: window.id } }, say)}>
            {planned ? 'Call off' : 'End it now'}
          </Button>
        </div>
      ) : null}
    </Row>
  );
}
