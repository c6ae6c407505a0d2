import { listIncidentsRoute, listPromisesRoute } from '#declare/contract';
import { type AlertView, listAlerts } from '#detect/contract';
import { getMonitorCounts, listMonitors } from '#monitor/contract';
import { Link } from '@tanstack/react-router';
import { useRead } from '../data/query.ts';
import { AlertLine } from '../detect/alert-line.tsx';
import { MonitorLine } from '../monitor/monitor-line.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { plural } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Page, Rows, Section } from '../ui/panel.tsx';
import { LoadingRows } from '../ui/skeleton.tsx';
import { AllClear } from './all-clear.tsx';
import { OnCallNow } from './on-call-now.tsx';
import { OpenIncident } from './open-incident.tsx';
import { OwedByYou } from './owed-by-you.tsx';

/** The gravest first; equal ones stay newest first. */
const grave: AlertView['severity'][] = ['critical', 'error', 'warning', 'info'];
/** Home shows so many of each; the rest is one step away. */
const shown = 8;

/** Home: what burns, with its next promise; then what nobody has decided yet; then what is not up; beside it, who is there. */
export function NowScreen() {
  const incidents = useRead(listIncidentsRoute, { query: { open: 'true', limit: 50 } }, ['incidents']);
  const promises = useRead(listPromisesRoute, { query: { state: 'pending', limit: 200 } }, ['promises', 'incidents']);
  const alerts = useRead(listAlerts, { query: { limit: 100 } }, ['alerts']);
  const counts = useRead(getMonitorCounts, {}, ['monitors']);
  const monitors = useRead(listMonitors, { query: { limit: 30 } }, ['monitors']);

  const undecided = alerts.data?.items
    .filter(({ state, incidentId, disposition }) => state !== 'closed' && incidentId === null && disposition === null)
    .sort((a, b) => grave.indexOf(a.severity) - grave.indexOf(b.severity));
  const notUp = monitors.data?.items.filter(({ state }) => state !== 'up' && state !== 'paused');
  const reads = [incidents, alerts, counts, monitors];
  const error = reads.find((read) => read.data === undefined && read.error !== null)?.error;
  const loading = reads.some((read) => read.data === undefined) && error === undefined;
  const open = incidents.data?.items ?? [];
  const calm = !loading && error === undefined && open.length === 0 && undecided?.length === 0 && notUp?.length === 0;

  return (
    <Page title="Now">
      <div className="grid items-start gap-x-7 gap-y-8 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 grid-cols-1 gap-8">
          <ErrorNote error={error} onRetry={() => reads.forEach((read) => void read.refetch())} />
          {loading ? <LoadingRows rows={5} /> : null}
          {calm ? <AllClear monitors={counts.data?.total ?? 0} /> : null}
          {open.length === 0 ? null : (
            <Section title="Open incidents">
              <Rows>
                {open.map((incident) => (
                  <OpenIncident
                    key={incident.id}
                    incident={incident}
                    promises={promises.data?.items.filter(({ incidentId }) => incidentId === incident.id) ?? []}
                  />
                ))}
              </Rows>
            </Section>
          )}
          {undecided === undefined || undecided.length === 0 ? null : (
            <Section title="Not declared yet" aside="a grave alert becomes a suspected incident after 15 min">
              <Rows>
                {undecided.slice(0, shown).map((alert) => (
                  <AlertLine key={alert.id} alert={alert} />
                ))}
              </Rows>
              <Rest count={undecided.length - shown} to="/alerts" noun="alert" />
            </Section>
          )}
          {notUp === undefined || notUp.length === 0 ? null : (
            <Section
              title="Monitors that are not up"
              aside={`${notUpTotal(counts.data)} of ${counts.data?.total ?? ''}`}
            >
              <Rows>
                {notUp.slice(0, shown).map((monitor) => (
                  <MonitorLine key={monitor.id} monitor={monitor} />
                ))}
              </Rows>
              <Rest count={notUpTotal(counts.data) - shown} to="/monitors" noun="monitor" />
            </Section>
          )}
        </div>
        <div className="grid min-w-0 grid-cols-1 gap-8">
          <OnCallNow />
          <OwedByYou promises={promises.data?.items ?? []} />
        </div>
      </div>
    </Page>
  );
}

function notUpTotal(counts: { degraded: number; down: number; unknown: number } | undefined): number {
  return counts === undefined ? 0 : counts.degraded + counts.down + counts.unknown;
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
