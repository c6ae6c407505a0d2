import X from 'lucide-react/icons/x';
import {
  deleteScheduleOverride,
  listScheduleOverrides,
  type ScheduleOverrideView,
  type ScheduleView,
} from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useList } from '../data/query.ts';
import { useMay, useSession } from '../data/session.ts';
import { IconButton } from '../ui/button.tsx';
import { useMinute } from '../ui/clock.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatAbsolute } from '../ui/format.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Panel, Row, Rows, Section } from '../ui/panel.tsx';

/** The overrides of a schedule that have not ended. */
export function OverrideList({ schedule }: { schedule: ScheduleView }) {
  const list = useList(listScheduleOverrides, { params: { id: schedule.id } }, ['schedules']);
  const remove = useAct(deleteScheduleOverride, {
    touches: ['schedules'],
    onDone: () => toast({ text: 'The override is taken back' }),
  });
  return (
    <Section title="Overrides">
      <ErrorNote error={remove.error} className="mb-2" />
      <LoadedList list={list} rows={2} empty={<Panel className="px-4 py-3 text-muted">None: the layers decide.</Panel>}>
        {(items) => (
          <Rows>
            {items.map((override) => (
              <OverrideRow
                key={override.id}
                override={override}
                timeZone={schedule.timeZone}
                onRemove={() => remove.mutate({ params: { id: override.id } })}
              />
            ))}
          </Rows>
        )}
      </LoadedList>
    </Section>
  );
}

function OverrideRow({
  override,
  timeZone,
  onRemove,
}: {
  override: ScheduleOverrideView;
  timeZone: string;
  onRemove: () => void;
}) {
  const now = useMinute();
  const nameOf = usePersonName();
  const { user } = useSession();
  const mayManage = useMay('schedules.manage');
  const { kind, userId, replacedUserId, startsAt, endsAt, reason } = override;
  const whom = replacedUserId === null ? 'everybody' : nameOf(replacedUserId);
  const what = `${nameOf(userId)} ${{ add: 'is on call too', remove: 'is not on call', replace: `for ${whom}` }[kind]}`;
  const ending = {
    add: 'is on call too',
    remove: 'is not on call',
    replace: (
      <>
        for <bdi>{whom}</bdi>
      </>
    ),
  }[kind];
  const mayRemove = mayManage || (kind !== 'remove' && userId === user.id);
  return (
    <Row className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        <p className="break-words">
          <bdi>{nameOf(userId)}</bdi> {ending}
        </p>
        <p className="text-xs text-muted">
          <time dateTime={startsAt}>{formatAbsolute(new Date(startsAt), now, timeZone)}</time> to{' '}
          <time dateTime={endsAt}>{formatAbsolute(new Date(endsAt), now, timeZone)}</time>
          {reason === null ? null : <> · {reason}</>}
        </p>
      </div>
      {mayRemove ? (
        <IconButton label={`Take back: ${what}`} size="sm" onClick={onRemove}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      ) : null}
    </Row>
  );
}
