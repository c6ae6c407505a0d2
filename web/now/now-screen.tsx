import { listIncidentsRoute, listPromisesRoute } from '#declare/contract';
import { getAlertCounts, listAlerts } from '#detect/contract';
import { getMonitorCounts, listMonitors } from '#monitor/contract';
import { useRead } from '../data/query.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Page } from '../ui/panel.tsx';
import { LoadingRows } from '../ui/skeleton.tsx';
import { AllClear } from './all-clear.tsx';
import { MonitorsNotUp, OpenIncidents, UndecidedAlerts } from './now-lists.tsx';
import { OnCallNow } from './on-call-now.tsx';
import { OwedByYou } from './owed-by-you.tsx';

/** Home shows so many of each; the rest is one step away. */
const limit = 8;

/** Home: what burns, with its next promise; then what nobody has decided yet; then what is not up; beside it, who is there. */
export function NowScreen() {
  const incidents = useRead(listIncidentsRoute, { query: { open: 'true', limit: 50 } }, ['incidents']);
  const promises = useRead(listPromisesRoute, { query: { state: 'pending', limit: 200 } }, ['promises', 'incidents']);
  const waiting = useRead(getAlertCounts, {}, ['alerts']);
  const critical = useRead(listAlerts, { query: { undeclared: 'true', limit } }, ['alerts']);
  const others = useRead(listAlerts, { query: { undecided: 'true', limit } }, ['alerts']);
  const counts = useRead(getMonitorCounts, {}, ['monitors']);
  const monitors = useRead(listMonitors, { query: { limit } }, ['monitors']);

  const reads = [incidents, waiting, critical, others, counts, monitors];
  const error = reads.find((read) => read.data === undefined && read.error !== null)?.error;
  const loading = reads.some((read) => read.data === undefined) && error === undefined;

  const open = (incidents.data?.items ?? []).toSorted(
    (a, b) => Number(a.kind === 'drill') - Number(b.kind === 'drill') || a.severity.localeCompare(b.severity),
  );
  // The gravest first, whatever came in after them.
  const lesser = others.data?.items.filter(({ severity }) => severity !== 'critical') ?? [];
  const undecided = [...(critical.data?.items ?? []), ...lesser].slice(0, limit);
  const notUp = monitors.data?.items.filter(({ state }) => state !== 'up' && state !== 'paused') ?? [];
  const { degraded = 0, down = 0, unknown = 0, total = 0 } = counts.data ?? {};
  const calm = open.length + undecided.length + notUp.length === 0;

  return (
    <Page title="Now">
      <div className="grid items-start gap-x-7 gap-y-8 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 grid-cols-1 gap-8">
          <ErrorNote error={error} onRetry={() => reads.forEach((read) => void read.refetch())} />
          {loading ? <LoadingRows rows={5} /> : null}
          {calm && !loading && error === undefined ? <AllClear monitors={total} /> : null}
          <OpenIncidents incidents={open} promises={promises.data?.items ?? []} />
          <UndecidedAlerts alerts={undecided} total={waiting.data?.undecided ?? 0} />
          <MonitorsNotUp monitors={notUp} notUp={degraded + down + unknown} total={total} />
        </div>
        <div className="grid min-w-0 grid-cols-1 gap-8">
          <OnCallNow />
          <OwedByYou promises={promises.data?.items ?? []} />
        </div>
      </div>
    </Page>
  );
}
