import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { IncidentView } from '#declare/contract';
import { listIncidentUpdates } from '#communicate/contract';
import { useRead } from '../data/query.ts';
import { formatDuration, plural } from '../ui/format.ts';
import { Duration, RelativeTime } from '../ui/time.tsx';
import { isOpen } from './open-states.ts';

interface Link {
  name: string;
  text: ReactNode;
  /** Where the incident is now. */
  here?: boolean;
}

/** The seven links with the delay at each: where the time went. */
export function PipelineStrip({ incident }: { incident: IncidentView }) {
  const updates = useRead(listIncidentUpdates, { params: { id: incident.id }, query: {} }, [
    `incident:${incident.id}`,
    'status-pages',
  ]);
  const links = linksOf(incident, updates.data?.items.length ?? 0);
  return (
    <ol
      aria-label="The pipeline"
      className="mx-4 mb-4 flex overflow-x-auto rounded-panel border border-line bg-line [gap:1px] md:mx-5"
      tabIndex={0}
    >
      {links.map((link) => (
        <li
          key={link.name}
          aria-current={link.here === true ? 'step' : undefined}
          className={clsx(
            'min-w-28 flex-1 border-b-2 px-3 py-1.5',
            link.here === true ? 'border-ink bg-sunken' : 'border-transparent bg-surface',
          )}
        >
          <p className="text-xs text-muted">{link.name}</p>
          <p className="num truncate">{link.text}</p>
        </li>
      ))}
    </ol>
  );
}

function linksOf(incident: IncidentView, updates: number): Link[] {
  const after = (later: string, earlier: string) => {
    const seconds = (Date.parse(later) - Date.parse(earlier)) / 1_000;
    return seconds >= 1 ? <span className="text-xs text-muted"> +{formatDuration(seconds)}</span> : null;
  };
  const at = (instant: string) => <RelativeTime at={instant} show="absolute" />;
  const working = incident.state === 'active' || incident.state === 'mitigated';
  const ended = incident.resolvedAt ?? incident.declinedAt;
  return [
    { name: 'Monitor', text: at(incident.impactStartedAt) },
    {
      name: 'Detect',
      text: (
        <>
          {at(incident.detectedAt)}
          {after(incident.detectedAt, incident.impactStartedAt)}
        </>
      ),
      here: incident.state === 'suspected',
    },
    {
      name: 'Declare',
      text: (
        <>
          {at(incident.declaredAt)}
          {after(incident.declaredAt, incident.detectedAt)}
        </>
      ),
    },
    {
      name: 'Respond',
      text: isOpen(incident) ? (
        <Duration since={incident.acceptedAt ?? incident.declaredAt} />
      ) : ended === null ? (
        '–'
      ) : (
        <Duration seconds={(Date.parse(ended) - Date.parse(incident.declaredAt)) / 1_000} />
      ),
      here: working,
    },
    {
      name: 'Communicate',
      text: incident.kind === 'drill' ? 'nothing public' : plural(updates, 'update'),
      here: working && incident.customerFacing,
    },
    {
      name: 'Resolve',
      text:
        incident.resolvedAt === null ? (
          incident.mitigatedAt === null ? (
            '–'
          ) : (
            <>mitigated {at(incident.mitigatedAt)}</>
          )
        ) : (
          at(incident.resolvedAt)
        ),
      here: incident.state === 'mitigated',
    },
    {
      name: 'Learn',
      text: incident.state === 'closed' ? 'closed' : incident.resolvedAt === null ? '–' : 'open',
      here: incident.state === 'resolved',
    },
  ];
}
