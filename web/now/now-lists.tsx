import { Link } from '@tanstack/react-router';
import type { IncidentView, PromiseView } from '#declare/contract';
import type { AlertView } from '#detect/contract';
import type { MonitorRow } from '#monitor/contract';
import { AlertLine } from '../detect/alert-line.tsx';
import { MonitorLine } from '../monitor/monitor-line.tsx';
import { plural } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Rows, Section } from '../ui/panel.tsx';
import { OpenIncident } from './open-incident.tsx';

/** The parts of home; each is absent while it is empty. */
export function OpenIncidents({
  incidents,
  promises,
}: {
  incidents: readonly IncidentView[];
  promises: readonly PromiseView[];
}) {
  if (incidents.length === 0) return null;
  return (
    <Section title="Open incidents">
      <Rows>
        {incidents.map((incident) => (
          <OpenIncident
            key={incident.id}
            incident={incident}
            promises={promises.filter(({ incidentId }) => incidentId === incident.id)}
          />
        ))}
      </Rows>
    </Section>
  );
}

export function UndecidedAlerts({ alerts, total }: { alerts: readonly AlertView[]; total: number }) {
  if (alerts.length === 0) return null;
  return (
    <Section title="Not declared yet" aside="a critical alert becomes a suspected incident after 15 min">
      <Rows>
        {alerts.map((alert) => (
          <AlertLine key={alert.id} alert={alert} />
        ))}
      </Rows>
      <Rest count={total - alerts.length} to="/alerts" noun="alert" />
    </Section>
  );
}

export function MonitorsNotUp({
  monitors,
  notUp,
  total,
}: {
  monitors: readonly MonitorRow[];
  notUp: number;
  total: number;
}) {
  if (monitors.length === 0) return null;
  return (
    <Section title="Monitors that are not up" aside={`${notUp} of ${total}`}>
      <Rows>
        {monitors.map((monitor) => (
          <MonitorLine key={monitor.id} monitor={monitor} chosen={false} />
        ))}
      </Rows>
      <Rest count={notUp - monitors.length} to="/monitors" noun="monitor" />
    </Section>
  );
}

function Rest({ count, to, noun }: { count: number; to: '/alerts' | '/monitors'; noun: string }) {
  if (count <= 0) return null;
  return (
    <p className="mt-2">
      <Link to={to} className={textLink}>
        {plural(count, `more ${noun}`)}
      </Link>
    </p>
  );
}
