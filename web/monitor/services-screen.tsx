import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteService, listServices, type Service } from '#monitor/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useList } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { useNames } from '../detect/use-names.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { plural } from '../ui/format.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Row, Rows } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { ServiceDialog } from './service-dialog.tsx';
import { ServiceMap } from './service-map.tsx';

/** What people rely on, who is paged for it, and what it needs. */
export function ServicesScreen() {
  const [open, setOpen] = useState<Service | 'new'>();
  const mayManage = useMay('services.manage');
  const services = useList(listServices, { query: { limit: 200 } }, ['monitors'], { refetchInterval: 60_000 });
  const add = mayManage ? (
    <Button variant="primary" onClick={() => setOpen('new')}>
      Add a service
    </Button>
  ) : null;
  const bare = services.items?.length === 0;
  const hasNeeds = services.items?.some(({ dependsOn }) => dependsOn.length > 0) ?? false;
  const { view = 'list' } = useSearch({ from: '/shell/settings/services' });
  const navigate = useNavigate();
  return (
    <Page
      title="Services"
      narrow={view === 'list'}
      below="What people rely on. While something that a service needs is down, its own alerts ask nobody and say why."
      acts={bare ? null : add}
    >
      {hasNeeds ? (
        <div className="mb-3">
          <Segments
            label="View"
            value={view}
            onChange={(next) =>
              void navigate({ to: '/settings/services', search: next === 'map' ? { view: next } : {}, replace: true })
            }
            options={[
              { value: 'list', label: 'List' },
              { value: 'map', label: 'What needs what' },
            ]}
          />
        </div>
      ) : null}
      <LoadedList
        list={services}
        empty={
          <EmptyState title="No service yet" act={add}>
            The first monitor makes one. A service says who is paged, and what it needs in order to work.
          </EmptyState>
        }
      >
        {(items) =>
          view === 'map' && hasNeeds ? (
            <ServiceMap services={items} {...(mayManage ? { onOpen: setOpen } : {})} />
          ) : (
            <Rows>
              {items.map((service) => (
                <ServiceRow key={service.id} service={service} mayManage={mayManage} onEdit={() => setOpen(service)} />
              ))}
            </Rows>
          )
        }
      </LoadedList>
      {open === undefined ? null : (
        <ServiceDialog service={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  );
}

function ServiceRow({ service, mayManage, onEdit }: { service: Service; mayManage: boolean; onEdit: () => void }) {
  const nameOf = useNames();
  const [removing, setRemoving] = useState(false);
  const archive = useAct(deleteService, {
    touches: ['monitors', 'policies', 'alerts'],
    onDone: () => toast({ text: `${service.name} is archived` }),
  });
  const { escalationPolicyId, dependsOn, monitorCount } = service;
  return (
    <Row className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <bdi className="font-semibold break-words">{service.name}</bdi>
          {monitorCount === 0 ? null : <StateBadge state={service.state} />}
          {service.maintenance === null ? null : <StateBadge state="maintenance" />}
        </p>
        <p className="mt-0.5 text-xs break-words text-muted">
          {monitorCount === 0 ? (
            plural(0, 'monitor')
          ) : (
            <Link to="/monitors" search={{ service: service.id }} className="hover:underline">
              {plural(monitorCount, 'monitor')}
            </Link>
          )}{' '}
          · pages by {escalationPolicyId === null ? 'the default policy' : nameOf(escalationPolicyId)}
        </p>
        {service.maintenance === null ? null : (
          <p className="mt-0.5 break-words text-muted">
            in maintenance until <RelativeTime at={service.maintenance.endsAt} show="absolute" />:{' '}
            <bdi>{service.maintenance.title}</bdi>
          </p>
        )}
        {dependsOn.length === 0 ? null : (
          <p className="mt-0.5 break-words text-muted">needs {dependsOn.map(nameOf).join(', ')}</p>
        )}
      </div>
      {mayManage ? (
        <div className="flex gap-2">
          <Button size="sm" aria-label={`Edit ${service.name}`} onClick={onEdit}>
            Edit
          </Button>
          {monitorCount === 0 ? (
            <Button size="sm" aria-label={`Archive ${service.name}`} onClick={() => setRemoving(true)}>
              Archive
            </Button>
          ) : null}
        </div>
      ) : null}
      {removing ? (
        <ConfirmDialog
          open
          onOpenChange={setRemoving}
          title={`Archive ${service.name}?`}
          consequence="Incidents and alerts that name it keep naming it. Nothing new can be about it."
          act="Archive"
          busy={archive.isPending}
          error={archive.error}
          onConfirm={() => archive.mutate({ params: { id: service.id } })}
        />
      ) : null}
    </Row>
  );
}
