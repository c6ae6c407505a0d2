import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteSlo, getSlo, getSloBudget, type Slo, type SloIncident } from '#monitor/contract';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { Chart } from '../ui/chart.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatDuration } from '../ui/format.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Panel, Section } from '../ui/panel.tsx';
import { Stat, Stats } from '../ui/stat.tsx';
import { Table, Td, Th } from '../ui/table.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { uptimeWords } from './monitor-line.tsx';
import { SloBadge } from './slo-badge.tsx';
import { SloDialog } from './slo-dialog.tsx';
import { burnWords, leftWords, minutesWords, windowWords } from './slo-words.ts';

const topicsOf = (sloId: string) => ['slos', 'monitors', `slo:${sloId}`];
const secondsOf = (instant: string) => new Date(instant).getTime() / 1000;

export function SloScreen() {
  const { sloId } = useParams({ from: '/shell/slos/$sloId' });
  const slo = useRead(getSlo, { params: { id: sloId } }, topicsOf(sloId), { refetchInterval: 60_000 });
  return (
    <LoadedScreen read={slo} title="SLO">
      {(data) => <SloView slo={data} />}
    </LoadedScreen>
  );
}

function SloView({ slo }: { slo: Slo }) {
  const since = slo.criticalSince ?? slo.warningSince;
  return (
    <Page
      title={slo.name}
      above={
        <>
          <Link to="/slos">SLOs</Link>
          <SloBadge slo={slo} />
          {since === null ? null : (
            <span>
              since <RelativeTime at={since} />
            </span>
          )}
          <span>
            {slo.objective} % over {windowWords(slo)}
          </span>
        </>
      }
      acts={<SloActs slo={slo} />}
    >
      <div className="grid grid-cols-1 gap-6">
        <Stats>
          <Stat label="Budget left" note={`of ${formatDuration(slo.budgetSeconds)} that ${slo.objective} % allows`}>
            {leftWords(slo.leftSeconds)}
          </Stat>
          <Stat label="Available" note="time-weighted; without unknown time and maintenance">
            {uptimeWords(slo.availability)}
          </Stat>
          <Stat label="Burns" note="over the last hour; at 1x it lasts exactly its window">
            {burnWords(slo.burnRate)}
          </Stat>
          <Stat label="Watches" note="down while one of them is">
            {slo.serviceName ?? `${slo.monitorIds.length} monitors`}
          </Stat>
        </Stats>
        <Budget slo={slo} />
        <Alerts slo={slo} />
      </div>
    </Page>
  );
}

function SloActs({ slo }: { slo: Slo }) {
  const navigate = useNavigate();
  const [shown, setShown] = useState<'edit' | 'remove'>();
  const remove = useAct(deleteSlo, { touches: ['slos', 'alerts'] });
  if (!useMay('monitors.manage')) return null;
  return (
    <>
      <Button onClick={() => setShown('edit')}>Edit</Button>
      <Button onClick={() => setShown('remove')}>Remove</Button>
      {shown === 'edit' ? <SloDialog slo={slo} onClose={() => setShown(undefined)} /> : null}
      <ConfirmDialog
        open={shown === 'remove'}
        onOpenChange={() => setShown(undefined)}
        title={`Remove ${slo.name}?`}
        consequence="Its alerts close. What was measured stays with its monitors."
        act="Remove"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={async () => {
          await remove.mutateAsync({ params: { id: slo.id } });
          toast({ text: 'Removed' });
          await navigate({ to: '/slos' });
        }}
      />
    </>
  );
}

function Budget({ slo }: { slo: Slo }) {
  const budget = useRead(getSloBudget, { params: { id: slo.id } }, topicsOf(slo.id), { refetchInterval: 60_000 });
  return (
    <>
      <Section title="Budget over the window" aside={windowWords(slo)}>
        <Panel className="p-4">
          <Loaded read={budget} rows={3}>
            {({ points, from, to }) => (
              <Chart
                times={points.map(({ at }) => secondsOf(at))}
                series={[{ label: 'left', tone: 'accent', values: points.map(({ leftSeconds }) => leftSeconds) }]}
                range={{ from: secondsOf(from), to: secondsOf(to) }}
                threshold={{ value: 0, label: 'spent' }}
                formatValue={(value) => formatDuration(value)}
                label={`Budget of ${slo.name}: ${leftWords(slo.leftSeconds)} left of ${formatDuration(slo.budgetSeconds)}`}
              />
            )}
          </Loaded>
        </Panel>
      </Section>
      <Section title="What incidents burned" aside="downtime while they lasted, within the window">
        <Loaded read={budget} rows={2}>
          {({ incidents }) =>
            incidents.length === 0 ? (
              <EmptyState title="No incident of its services in this window">
                Downtime that nobody declared spends the budget all the same.
              </EmptyState>
            ) : (
              <Incidents incidents={incidents} />
            )
          }
        </Loaded>
      </Section>
    </>
  );
}

function Incidents({ incidents }: { incidents: readonly SloIncident[] }) {
  return (
    <Table
      label="Incidents by what they burned"
      head={
        <>
          <Th>Incident</Th>
          <Th>Severity</Th>
          <Th>From</Th>
          <Th numeric>Burned</Th>
          <Th numeric>Of the budget</Th>
        </>
      }
    >
      {incidents.map((one) => (
        <tr key={one.id} className="relative hover:bg-sunken">
          <Td className="max-w-96 truncate">
            <Link
              to="/incidents/$incidentId"
              params={{ incidentId: one.id }}
              className="after:absolute after:inset-0 hover:underline"
            >
              {one.reference} <bdi>{one.title}</bdi>
            </Link>
          </Td>
          <Td>{one.severity}</Td>
          <Td className="whitespace-nowrap">
            <RelativeTime at={one.startedAt} show="absolute" />
          </Td>
          <Td numeric className="whitespace-nowrap">
            {formatDuration(one.burnedSeconds)}
          </Td>
          <Td numeric className="whitespace-nowrap">
            {one.burnedPercent} %
          </Td>
        </tr>
      ))}
    </Table>
  );
}

function Alerts({ slo }: { slo: Slo }) {
  return (
    <Section title="When it alerts" aside="while both windows burn at least as fast">
      {slo.alerts.length === 0 ? (
        <EmptyState title="It never alerts">Edit it to be told when the budget goes too fast.</EmptyState>
      ) : (
        <Table
          label="Burn rates that alert"
          head={
            <>
              <Th>Burns</Th>
              <Th>Over</Th>
              <Th>Still in the last</Th>
              <Th>Alert</Th>
            </>
          }
        >
          {slo.alerts.map((one) => (
            <tr key={`${one.longMinutes} ${one.shortMinutes} ${one.burnRate} ${one.severity}`}>
              <Td className="num">{burnWords(one.burnRate)}</Td>
              <Td>{minutesWords(one.longMinutes)}</Td>
              <Td>{minutesWords(one.shortMinutes)}</Td>
              <Td>{one.severity === 'critical' ? 'critical, pages' : 'warning, wakes nobody'}</Td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
