import { type IncidentView } from '#declare/contract';
import { listServices } from '#monitor/contract';
import { useAll } from '../data/query.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { Duration } from '../ui/time.tsx';
import { IncidentActs } from './incident-acts.tsx';
import { isOpen } from './open-states.ts';

export function IncidentHeader({ incident }: { incident: IncidentView }) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 pt-4 pb-3 md:px-5">
      <div className="min-w-0 flex-1 basis-72">
        <div className="mb-1.5 flex flex-wrap items-center gap-2 text-xs text-muted">
          <StateBadge state={incident.severity} />
          <StateBadge state={incident.state} />
          {incident.kind === 'drill' ? <StateBadge state="drill" /> : null}
          {incident.automatic ? <StateBadge state="automatic" /> : null}
          <span>
            {incident.reference}
            <ServiceNames ids={incident.serviceIds} />
            {incident.customerFacing ? ' · customer-facing' : ' · internal'}
            {incident.severityConfirmed ? '' : ' · severity not confirmed'}
          </span>
          {isOpen(incident) ? (
            <span>
              open for <Duration since={incident.impactStartedAt} />
            </span>
          ) : null}
        </div>
        <h1 dir="auto" className="text-title font-semibold tracking-tight text-balance break-words">
          {incident.title}
        </h1>
      </div>
      <IncidentActs incident={incident} />
    </header>
  );
}

function ServiceNames({ ids }: { ids: readonly string[] }) {
  const services = useAll(listServices, {}, ['monitors'], { enabled: ids.length > 0 });
  const names = services.data?.items.filter(({ id }) => ids.includes(id)).map(({ name }) => name) ?? [];
  return names.length === 0 ? null : <> · {names.join(', ')}</>;
}
