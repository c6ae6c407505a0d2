import { useState } from 'react';
import { archiveLocation, listLocations, type LocationView, type ProbeView, revokeProbe } from '#monitor/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useList } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatMs, plural } from '../ui/format.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Panel, Row, Rows, Section } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { LocationDialog } from './location-dialog.tsx';
import { ProbeDialog } from './probe-dialog.tsx';

/** The places from which monitors are asked beside this installation, and the programs there. */
export function LocationsScreen() {
  const [open, setOpen] = useState<LocationView | 'new'>();
  const mayManage = useMay('locations.manage');
  // What probes say of themselves changes every few seconds, without news.
  const locations = useList(listLocations, { query: { limit: 200 } }, ['locations'], { refetchInterval: 5_000 });
  const bare = locations.items?.length === 0;
  const add = mayManage ? (
    <Button variant="primary" onClick={() => setOpen('new')}>
      Add a location
    </Button>
  ) : null;
  return (
    <Page
      title="Locations and probes"
      narrow
      below="Monitors are asked from here, and from every place where a probe runs: elsewhere in the world, or inside a network that cannot be reached from here."
      acts={bare ? null : add}
    >
      <LoadedList
        list={locations}
        empty={
          <EmptyState title="Everything is asked from here" act={add}>
            A second place tells a broken target from a broken line. A probe is one small program, which calls this
            installation; nothing has to be opened for it.
          </EmptyState>
        }
      >
        {(items) => (
          <div className="grid gap-6">
            {items.map((location) => (
              <LocationPart
                key={location.id}
                location={location}
                mayManage={mayManage}
                onEdit={() => setOpen(location)}
              />
            ))}
          </div>
        )}
      </LoadedList>
      {open === undefined ? null : (
        <LocationDialog location={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  );
}

function LocationPart({
  location,
  mayManage,
  onEdit,
}: {
  location: LocationView;
  mayManage: boolean;
  onEdit: () => void;
}) {
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const archive = useAct(archiveLocation, {
    touches: ['locations'],
    onDone: () => toast({ text: `${location.name} is given up` }),
  });
  const { name, allowedTargets, monitors, probes } = location;
  const networks = allowedTargets.length === 0 ? 'public addresses only' : `also reaches ${allowedTargets.join(', ')}`;
  return (
    <Section
      title={name}
      aside={
        mayManage ? (
          <span className="flex gap-2">
            <Button size="sm" aria-label={`Add a probe in ${name}`} onClick={() => setAdding(true)}>
              Add a probe
            </Button>
            <Button size="sm" aria-label={`Edit ${name}`} onClick={onEdit}>
              Edit
            </Button>
            {monitors === 0 ? (
              <Button size="sm" aria-label={`Give up ${name}`} onClick={() => setLeaving(true)}>
                Give up
              </Button>
            ) : null}
          </span>
        ) : null
      }
    >
      <p className="mb-2 text-xs break-words text-muted">
        {plural(monitors, 'monitor')} · {networks}
      </p>
      {probes.length === 0 ? (
        <Panel className="p-4 text-muted">No probe runs here yet, so nothing is asked from here.</Panel>
      ) : (
        <Rows>
          {probes.map((probe) => (
            <ProbeRow key={probe.id} probe={probe} mayManage={mayManage} />
          ))}
        </Rows>
      )}
      {adding ? <ProbeDialog location={location} onClose={() => setAdding(false)} /> : null}
      <ConfirmDialog
        open={leaving}
        onOpenChange={setLeaving}
        title={`Give up ${name}?`}
        consequence="Its probes are revoked. What was found from there stays."
        act="Give up"
        danger
        busy={archive.isPending}
        error={archive.error}
        onConfirm={() => archive.mutate({ params: { id: location.id } })}
      />
    </Section>
  );
}

function ProbeRow({ probe, mayManage }: { probe: ProbeView; mayManage: boolean }) {
  const [leaving, setLeaving] = useState(false);
  const revoke = useAct(revokeProbe, {
    touches: ['locations'],
    onDone: () => toast({ text: `${probe.name} is revoked` }),
  });
  return (
    <Row className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <bdi className="font-semibold break-words">{probe.name}</bdi>
          <StateBadge state={probe.state} />
        </p>
        <p className="num mt-0.5 text-xs text-muted">
          {probe.seenAt === null ? (
            'has not reported yet'
          ) : (
            <>
              {loadWords(probe)} · version {probe.version} · seen <RelativeTime at={probe.seenAt} />
            </>
          )}
        </p>
      </div>
      {mayManage ? (
        <Button size="sm" aria-label={`Revoke ${probe.name}`} onClick={() => setLeaving(true)}>
          Revoke
        </Button>
      ) : null}
      <ConfirmDialog
        open={leaving}
        onOpenChange={setLeaving}
        title={`Revoke ${probe.name}?`}
        consequence="Its token is worth nothing from now on. Other probes of its place take over what it checked."
        act="Revoke"
        danger
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate({ params: { id: probe.id } })}
      />
    </Row>
  );
}

function loadWords({ load }: ProbeView): string {
  if (load === null) return '';
  const waiting = load.resultsWaiting === 0 ? [] : [`${load.resultsWaiting} results wait to be handed in`];
  const dropped = load.resultsDropped === 0 ? [] : [`${load.resultsDropped} results given up, its disk was full`];
  return [
    plural(load.monitors, 'monitor'),
    `${formatMs(load.latenessP99Ms)} late at most`,
    `${Math.round(load.rssBytes / 1_048_576)} MB`,
    ...waiting,
    ...dropped,
  ].join(' · ');
}
