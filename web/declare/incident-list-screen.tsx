import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listIncidentsRoute } from '#declare/contract';
import { usePersonName } from '../access/people.ts';
import { askToDeclare } from '../app/declare-slot.ts';
import { useList } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Rows } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';

const filters = { open: { open: 'true' }, all: {}, ended: { open: 'false' }, drills: { kind: 'drill' } } as const;
type Filter = keyof typeof filters;

export function IncidentListScreen() {
  const [filter, setFilter] = useState<Filter>('all');
  const list = useList(listIncidentsRoute, { query: filters[filter] }, ['incidents']);
  const nameOf = usePersonName();
  const declare = useMay('incidents.declare') ? (
    <Button variant="primary" onClick={() => askToDeclare({})}>
      Declare an incident
    </Button>
  ) : undefined;
  return (
    <Page title="Incidents">
      <div className="mb-3">
        <Segments
          label="Which"
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: 'All' },
            { value: 'open', label: 'Open' },
            { value: 'ended', label: 'Ended' },
            { value: 'drills', label: 'Drills' },
          ]}
        />
      </div>
      <LoadedList
        list={list}
        empty={
          <EmptyState
            title={filter === 'all' ? 'No incident yet' : 'None here'}
            act={filter === 'all' ? declare : undefined}
          >
            {filter === 'all'
              ? 'Declaring is formal and quick: a title is enough. If in doubt, declare; a false alarm is one click.'
              : null}
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map((incident) => (
              <li
                key={incident.id}
                className="relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 transition-colors hover:bg-sunken"
              >
                <StateBadge state={incident.severity} />
                <div className="min-w-0 flex-1 basis-60">
                  <Link
                    to="/incidents/$incidentId"
                    params={{ incidentId: incident.id }}
                    dir="auto"
                    className="block truncate text-left font-medium after:absolute after:inset-0"
                  >
                    {incident.title}
                  </Link>
                  <p className="text-xs text-muted">
                    {incident.reference} · declared <RelativeTime at={incident.declaredAt} />
                    {incident.roles['incident-commander'] === undefined
                      ? ''
                      : ` · commander ${nameOf(incident.roles['incident-commander'])}`}
                  </p>
                </div>
                {incident.kind === 'drill' ? <StateBadge state="drill" /> : null}
                <StateBadge state={incident.state} />
              </li>
            ))}
          </Rows>
        )}
      </LoadedList>
    </Page>
  );
}
