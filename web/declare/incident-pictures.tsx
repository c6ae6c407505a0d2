import { Link } from '@tanstack/react-router';
import type { IncidentView } from '#declare/contract';
import { type AlertView, listAlerts } from '#detect/contract';
import { useRead } from '../data/query.ts';
import { checkEvidence } from '../detect/alert-words.ts';
import { Picture } from '../monitor/artefacts.tsx';
import { textLink } from '../ui/link.ts';
import { Section } from '../ui/panel.tsx';
import { topicsOf } from './open-states.ts';

const MOST = 3;

/** What a browser saw when the journeys failed that this incident is about: the latest few. Nothing when there are none. */
export function IncidentPictures({ incident }: { incident: IncidentView }) {
  const query = { incidentId: incident.id, pictured: 'true' as const, limit: MOST };
  const read = useRead(listAlerts, { query }, ['alerts', ...topicsOf(incident.id)]);
  const alerts = read.data?.items ?? [];
  if (alerts.length === 0) return null;
  return (
    <Section title="What the browser saw">
      <ul className="grid gap-4">
        {alerts.map((alert) => (
          <li key={alert.id}>
            <Seen alert={alert} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Seen({ alert }: { alert: AlertView }) {
  const evidence = checkEvidence(alert);
  if (evidence?.artefacts === undefined) return null;
  return (
    <div className="grid gap-2">
      <Picture kept={evidence.artefacts} />
      <p className="text-xs break-words text-muted">{evidence.summary}</p>
      <Link to="/alerts/$alertId" params={{ alertId: alert.id }} className={`${textLink} justify-self-start text-xs`}>
        Show the alert, its steps and the trace
      </Link>
    </div>
  );
}
