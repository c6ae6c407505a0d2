import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import { deleteSchedule, listOnCallNow, readSchedule, type ScheduleView } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, buttonClass, IconButton } from '../ui/button.tsx';
import { useMinute } from '../ui/clock.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { textLink } from '../ui/link.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Panel, Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { ChatGroupPanel } from './chat-group-panel.tsx';
import { CoverList } from './cover-list.tsx';
import { ScheduleCalendar } from './calendar/schedule-calendar.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { NextOnCall } from './on-call-by-schedule.tsx';
import { OnCallPeople } from './on-call-people.tsx';
import { OverrideList } from './override-list.tsx';
import { hoursWords, rotationWords } from './schedule-words.ts';

const MINUTE_MS = 60_000;

/** One schedule: its calendar, who is on call now and next, its overrides and its layers. */
export function ScheduleScreen() {
  const { scheduleId } = useParams({ from: '/shell/schedules/$scheduleId' });
  const read = useRead(readSchedule, { params: { id: scheduleId } }, ['schedules']);
  return (
    <LoadedScreen read={read} title="Schedule">
      {(schedule) => (
        <Page
          title={schedule.name}
          above={
            <Link to="/schedules" className={textLink}>
              Schedules
            </Link>
          }
          below={<Below schedule={schedule} />}
          acts={<Acts schedule={schedule} />}
        >
          <div className="grid gap-8">
            <Calendar schedule={schedule} />
            <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-7 gap-y-8 lg:grid-cols-2">
              <div className="grid gap-8">
                <NowAndNext scheduleId={schedule.id} />
                <CoverList schedule={schedule} />
                <ChatGroupPanel schedule={schedule} />
              </div>
              <div className="grid gap-8">
                <OverrideList schedule={schedule} />
                <Layers schedule={schedule} />
              </div>
            </div>
          </div>
        </Page>
      )}
    </LoadedScreen>
  );
}

function NowAndNext({ scheduleId }: { scheduleId: string }) {
  const read = useRead(listOnCallNow, {}, ['schedules', 'members'], { refetchInterval: MINUTE_MS });
  return (
    <Section title="On call now">
      <Loaded read={read} rows={1}>
        {({ items }) => {
          const own = items.find((one) => one.scheduleId === scheduleId);
          return own === undefined ? null : (
            <Panel className="grid gap-1 px-4 py-3">
              <OnCallPeople {...own} />
              <NextOnCall schedule={own} />
            </Panel>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Below({ schedule: { version, effectiveFrom, timeZone } }: { schedule: ScheduleView }) {
  const isAhead = useMinute().getTime() < Date.parse(effectiveFrom);
  return (
    <>
      {timeZone.replaceAll('_', ' ')} · version {version}, {isAhead ? 'from' : 'since'}{' '}
      <RelativeTime at={effectiveFrom} show="absolute" />
    </>
  );
}

/** The calendar, its place kept in the address; of a schedule in which nobody has a turn, what to do. */
function Calendar({ schedule }: { schedule: ScheduleView }) {
  const { view = 'week', date } = useSearch({ from: '/shell/schedules/$scheduleId' });
  const mayManage = useMay('schedules.manage');
  const navigate = useNavigate();
  const isEmpty = schedule.layers.every(({ turns }) => turns.every(({ userIds }) => userIds.length === 0));
  return (
    <div className="grid gap-5">
      {isEmpty ? (
        <EmptyState
          title={schedule.layers.length === 0 ? 'It has no layers yet' : 'Nobody has a turn yet'}
          {...(mayManage
            ? {
                act: (
                  <Link
                    to="/schedules/$scheduleId/edit"
                    params={{ scheduleId: schedule.id }}
                    className={buttonClass('primary')}
                  >
                    {schedule.layers.length === 0 ? 'Add a layer' : 'Give somebody a turn'}
                  </Link>
                ),
              }
            : {})}
        >
          A layer is a list of people who take turns: by the week, by the day, at night. Until somebody has a turn, only
          overrides put people on call.
        </EmptyState>
      ) : null}
      <ScheduleCalendar
        schedule={schedule}
        place={{ view, date }}
        onGo={({ view: next, date: day }) =>
          void navigate({
            to: '/schedules/$scheduleId',
            params: { scheduleId: schedule.id },
            search: { ...(next === 'week' ? {} : { view: next }), ...(day === undefined ? {} : { date: day }) },
            resetScroll: false,
          })
        }
      />
    </div>
  );
}

function Layers({ schedule }: { schedule: ScheduleView }) {
  const nameOf = usePersonName();
  return (
    <Section title="Layers" aside="a later layer wins where it has somebody">
      <Rows>
        {schedule.layers.map((layer, index) => (
          <Row key={index}>
            <p className="flex flex-wrap items-center gap-2 font-medium">
              <bdi className="min-w-0 break-words">{layer.name}</bdi>
              {layer.shadow ? <Badge>Shadow</Badge> : null}
            </p>
            <p className="text-xs text-muted">
              {rotationWords(layer.rotation)}, first at {layer.beginsAt.replace('T', ' ')}
              {layer.restrictions.length === 0 ? '' : `, ${hoursWords(layer.restrictions)}`}
            </p>
            <ol className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
              {layer.turns.map(({ userIds }, turn) => (
                <li key={turn}>
                  <span className="num text-muted">{turn + 1}</span>{' '}
                  <bdi>{userIds.length === 0 ? 'open' : userIds.map(nameOf).join(' + ')}</bdi>
                </li>
              ))}
            </ol>
          </Row>
        ))}
      </Rows>
    </Section>
  );
}

function Acts({ schedule }: { schedule: ScheduleView }) {
  const mayManage = useMay('schedules.manage');
  const navigate = useNavigate();
  const [removing, setRemoving] = useState(false);
  const [importing, setImporting] = useState(false);
  const remove = useAct(deleteSchedule, {
    touches: ['schedules'],
    onDone: () => {
      toast({ text: `${schedule.name} is removed` });
      void navigate({ to: '/schedules' });
    },
  });
  if (!mayManage) return null;
  return (
    <>
      <Button onClick={() => setImporting(true)}>Import</Button>
      <Link to="/schedules/$scheduleId/edit" params={{ scheduleId: schedule.id }} className={buttonClass()}>
        Edit
      </Link>
      <Menu
        align="end"
        trigger={
          <IconButton label="More">
            <Ellipsis size={16} aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem danger onSelect={() => setRemoving(true)}>
          Remove
        </MenuItem>
      </Menu>
      {importing ? <ImportDialog schedule={schedule} onClose={() => setImporting(false)} /> : null}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${schedule.name}?`}
        consequence="Nobody is on call by it any more. It is refused while a policy still asks it."
        act="Remove"
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: schedule.id } })}
      />
    </>
  );
}
