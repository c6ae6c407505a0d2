import { Link } from '@tanstack/react-router';
import { actOnIncidentAlerts, type IncidentView, listIncidentFolds, readIncidentRoute } from '#declare/contract';
import { useState } from 'react';
import { useAct, useList, useRead } from '../data/query.ts';
import { FoldedAlerts, foldsQuery, type Way } from '../detect/folded-alerts.tsx';
import { foldLabels, noNameWords, statesWords } from '../detect/fold-words.ts';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { plural } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Page, Section } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { topicsOf } from './open-states.ts';
import { useParams } from '@tanstack/react-router';

const MOST = 5;

/** The alerts of an incident at the side of its room: the first rows, and the way to the whole list. */
export function IncidentAlerts({ incident }: { incident: IncidentView }) {
  const params = { incidentId: incident.id };
  const read = useRead(listIncidentFolds, { params: { id: incident.id }, query: { limit: MOST } }, [
    'alerts',
    ...topicsOf(incident.id),
  ]);
  const folds = read.data;
  if (folds === undefined || folds.count === 0) return null;
  return (
    <Section
      title="Alerts"
      aside={
        <Link to="/incidents/$incidentId/alerts" params={params} className={textLink}>
          {folds.count === 1 ? 'Look at it' : `All ${folds.count}`}
        </Link>
      }
    >
      {folds.count > 1 ? <p className="mb-1 text-xs text-muted">By {foldLabels[folds.by].toLowerCase()}</p> : null}
      <ul className="flex flex-col gap-2">
        {folds.items.map((row) => (
          <li key={row.id}>
            <p className="flex items-baseline justify-between gap-2">
              <span className="min-w-0 truncate">
                {row.count === 1 ? (
                  <bdi>{row.title}</bdi>
                ) : row.at !== null ? (
                  <RelativeTime at={row.at} show="absolute" />
                ) : (
                  <bdi>{row.name ?? noNameWords(folds.by)}</bdi>
                )}
              </span>
              <span className="num shrink-0 text-xs text-muted">{plural(row.count, 'alert')}</span>
            </p>
            <p className="text-xs text-muted">{statesWords(row)}</p>
          </li>
        ))}
      </ul>
      {folds.nextCursor === null ? null : <p className="mt-2 text-xs text-muted">… and further rows</p>}
    </Section>
  );
}

/** The alerts of an incident, folded by what they have in common. */
export function IncidentAlertsScreen() {
  const { incidentId } = useParams({ from: '/shell/incidents/$incidentId/alerts' });
  const incident = useRead(readIncidentRoute, { params: { id: incidentId } }, topicsOf(incidentId));
  return (
    <LoadedScreen read={incident} title="Alerts of an incident">
      {(data) => <Folded incident={data} />}
    </LoadedScreen>
  );
}

function Folded({ incident }: { incident: IncidentView }) {
  const { id, reference, title, severity, state } = incident;
  const [way, setWay] = useState<Way>();
  const folds = useList(listIncidentFolds, { params: { id }, query: foldsQuery(way) }, ['alerts', ...topicsOf(id)]);
  const act = useAct(actOnIncidentAlerts, { touches: ['alerts', 'pages', ...topicsOf(id)] });
  return (
    <Page
      title={`Alerts of ${reference}`}
      above={
        <>
          <StateBadge state={severity} />
          <StateBadge state={state} />
        </>
      }
      below={
        <Link to="/incidents/$incidentId" params={{ incidentId: id }} className={textLink}>
          <bdi>{title}</bdi>
        </Link>
      }
    >
      <FoldedAlerts
        whole={{ incidentId: id }}
        folds={folds}
        way={way}
        setWay={setWay}
        once={(body) => act.mutateAsync({ params: { id }, body })}
        empty={<EmptyState title="No alert">Nothing that was detected belongs to this incident.</EmptyState>}
      />
    </Page>
  );
}
