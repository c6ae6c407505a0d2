import { Link } from '@tanstack/react-router';
import { type IncidentView, type PromiseView, promiseWords } from '#declare/contract';
import { usePersonName } from '../access/people.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { Countdown, Duration } from '../ui/time.tsx';

/** One open incident with the promise that is due next. */
export function OpenIncident({ incident, promises }: { incident: IncidentView; promises: readonly PromiseView[] }) {
  const nameOf = usePersonName();
  const next = [...promises].sort((a, b) => a.dueAt.localeCompare(b.dueAt))[0];
  const commander = incident.roles['incident-commander'];
  return (
    <li className="relative flex items-start justify-between gap-4 px-4 py-3 transition-colors hover:bg-sunken">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
          <StateBadge state={incident.severity} />
          <StateBadge state={incident.state} />
          {incident.kind === 'drill' ? <StateBadge state="drill" /> : null}
          <span>
            {incident.reference} · <Duration since={incident.declaredAt} /> ·{' '}
            {commander === undefined ? (
              <span className="font-medium text-bad-text">no commander</span>
            ) : (
              `commander ${nameOf(commander)}`
            )}
          </span>
        </p>
        <Link
          to="/incidents/$incidentId"
          params={{ incidentId: incident.id }}
          className="mt-1 block font-semibold break-words after:absolute after:inset-0"
        >
          <bdi>{incident.title}</bdi>
        </Link>
        {incident.recoveryProposedAt === null ? null : (
          <p className="text-ok-text">Every linked alert has recovered.</p>
        )}
      </div>
      {next === undefined ? null : (
        <p className="shrink-0 text-right text-xs text-muted">
          {promiseWords(next.kind)}
          <br />
          <Countdown dueAt={next.dueAt} lead="in" className="text-title" />
        </p>
      )}
    </li>
  );
}
