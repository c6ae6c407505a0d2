import {
  endMaintenanceSeries,
  endMaintenanceWindow,
  listMaintenanceSeries,
  type MaintenanceSeriesView,
  repeatWords,
} from '#monitor/contract';
import { useState } from 'react';
import { toast } from '../app/toasts.tsx';
import { useAct, useList } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { sentenceOf as faultOf } from '../ui/error-note.tsx';
import { formatDuration } from '../ui/format.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { MaintenanceTargets } from './maintenance-targets.tsx';

const touches = ['maintenance', 'monitors', 'alerts', 'pages'];
const say = { onError: (error: unknown) => toast({ tone: 'bad' as const, text: faultOf(error) }) };

/** Maintenance that comes again, each with what comes next; nothing where there is none. */
export function MaintenanceSeriesList({
  list,
  mayManage,
  onEdit,
}: {
  list: ReturnType<typeof useList<typeof listMaintenanceSeries>>;
  mayManage: boolean;
  onEdit: (series: MaintenanceSeriesView) => void;
}) {
  if (list.items?.length === 0) return null;
  return (
    <Section title="Again and again">
      <LoadedList list={list} empty={null}>
        {(items) => (
          <Rows>
            {items.map((series) => (
              <SeriesRow key={series.id} series={series} mayManage={mayManage} onEdit={() => onEdit(series)} />
            ))}
          </Rows>
        )}
      </LoadedList>
    </Section>
  );
}

function SeriesRow({
  series,
  mayManage,
  onEdit,
}: {
  series: MaintenanceSeriesView;
  mayManage: boolean;
  onEdit: () => void;
}) {
  const [ending, setEnding] = useState(false);
  const end = useAct(endMaintenanceSeries, {
    touches,
    onDone: () => {
      setEnding(false);
      toast({ text: `${series.title} comes no more` });
    },
  });
  const { title, repeat, timeZone, durationSeconds, untilDate } = series;
  return (
    <Row className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p>
          <bdi className="font-semibold break-words">{title}</bdi>
        </p>
        <MaintenanceTargets of={series} />
        <p className="mt-0.5 text-xs break-words text-muted">
          {repeatWords(repeat)} ({timeZone.replaceAll('_', ' ')}), {formatDuration(durationSeconds)} each
          {untilDate === null ? '' : `, until ${untilDate}`}
        </p>
        <ul className="mt-2 grid gap-1 text-xs">
          {series.next.map((one) => (
            <NextOne key={one.id} title={title} one={one} mayManage={mayManage && series.state === 'active'} />
          ))}
        </ul>
      </div>
      {mayManage ? (
        <div className="flex gap-2">
          <Button size="sm" aria-label={`Edit ${title}`} onClick={onEdit}>
            Edit
          </Button>
          <Button size="sm" aria-label={`End ${title}`} onClick={() => setEnding(true)}>
            End
          </Button>
        </div>
      ) : null}
      {ending ? (
        <ConfirmDialog
          open
          onOpenChange={setEnding}
          title={`End ${title}?`}
          consequence="Nothing of it begins any more. What runs now goes on to its end."
          act="End it"
          busy={end.isPending}
          error={end.error}
          onConfirm={() => end.mutate({ params: { id: series.id } })}
        />
      ) : null}
    </Row>
  );
}

function NextOne({
  title,
  one,
  mayManage,
}: {
  title: string;
  one: MaintenanceSeriesView['next'][number];
  mayManage: boolean;
}) {
  const skip = useAct(endMaintenanceWindow, { touches, onDone: () => toast({ text: 'That one is called off' }) });
  const off = one.state === 'called-off';
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <RelativeTime at={one.startsAt} className={off ? 'text-muted line-through' : ''} />
      {off ? <span className="text-muted">called off</span> : null}
      {mayManage && !off ? (
        <Button
          size="sm"
          variant="ghost"
          busy={skip.isPending}
          aria-label={`Skip ${title} on ${new Date(one.startsAt).toLocaleString('en-GB')}`}
          onClick={() => skip.mutate({ params: { id: one.id } }, say)}
        >
          Skip
        </Button>
      ) : null}
    </li>
  );
}
