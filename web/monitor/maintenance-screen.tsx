import { useState } from 'react';
import {
  endMaintenanceWindow,
  listMaintenanceWindows,
  listServices,
  type MaintenanceWindowView,
} from '#monitor/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useList, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { useNames } from '../detect/use-names.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { sentenceOf as faultOf } from '../ui/error-note.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Row, Rows } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { MaintenanceDialog } from './maintenance-dialog.tsx';

const filters = [
  { value: 'open', label: 'Planned and running' },
  { value: 'over', label: 'Over' },
] as const;

/** Planned work, during which what fails asks nobody. */
export function MaintenanceScreen() {
  const [state, setState] = useState<'open' | 'over'>('open');
  const [open, setOpen] = useState<MaintenanceWindowView | 'new'>();
  const mayManage = useMay('services.manage');
  const windows = useList(listMaintenanceWindows, { query: { state } }, ['maintenance']);
  const services = useRead(listServices, { query: { limit: 200 } }, ['monitors']);
  const add = mayManage ? (
    <Button variant="primary" onClick={() => setOpen('new')}>
      Plan maintenance
    </Button>
  ) : null;
  const bare = state === 'open' && windows.items?.length === 0;
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
      <LoadedList
        list={windows}
        empty={
          <EmptyState title={bare ? 'No maintenance is planned' : 'No maintenance is over yet'} act={bare ? add : null}>
            Plan it before you pull the plug, and nobody is woken for what you do on purpose.
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map((window) => (
              <WindowRow
                key={window.id}
                window={window}
                mayChange={mayManage && window.state !== 'over'}
                onEdit={() => setOpen(window)}
              />
            ))}
          </Rows>
        )}
      </LoadedList>
      {open === undefined ? null : (
        <MaintenanceDialog
          window={open === 'new' ? undefined : open}
          services={services.data?.items ?? []}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Page>
  );
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
  const nameOf = useNames();
  const personName = usePersonName();
  const planned = window.state === 'planned';
  const end = useAct(endMaintenanceWindow, {
    touches: ['maintenance', 'alerts', 'pages'],
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
        <p className="mt-0.5 break-words text-muted">{window.serviceIds.map(nameOf).join(', ')}</p>
        <p className="mt-0.5 text-xs text-muted">
          by {personName(window.createdBy)} ·{' '}
          {planned ? (
            <>
              begins <RelativeTime at={window.startsAt} />, ends <RelativeTime at={window.endsAt} />
            </>
          ) : (
            <>
              {window.state === 'over' ? 'ended ' : 'ends '}
              <RelativeTime at={window.endedAt ?? window.endsAt} />
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
