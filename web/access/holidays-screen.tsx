import { useState } from 'react';
import { deleteHolidayCalendar, type HolidayCalendarView, listHolidayCalendars, listTeams } from '#access/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Row, Rows } from '../ui/panel.tsx';
import { HolidayDialog } from './holiday-dialog.tsx';
import { longDate, placeWords } from './holiday-words.ts';
import { usePersonName } from './people.ts';

const SHOWN = 3;

/** The days on which offices are closed: for business hours, calendars and what on-call is paid by. */
export function HolidaysScreen() {
  const read = useRead(listHolidayCalendars, { query: { limit: 200 } }, ['settings']);
  const mayManage = useMay('workspace.manage');
  const [open, setOpen] = useState<HolidayCalendarView | 'new'>();
  const add = mayManage ? (
    <Button variant="primary" onClick={() => setOpen('new')}>
      Add a calendar
    </Button>
  ) : null;
  const bare = read.data?.items.length === 0;
  return (
    <Page
      title="Public holidays"
      narrow
      below="Business hours do not run on the workspace’s holidays. Schedules show those of their people, and the load counts the hours on them. Whoever is on call is paged all the same."
      acts={bare ? null : add}
    >
      <Loaded read={read} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="Every working day is one" {...(add === null ? {} : { act: add })}>
              Pick the country that you are in, and a page that can wait for business hours waits until the holiday is
              over.
            </EmptyState>
          ) : (
            <Rows>
              {items.map((calendar) => (
                <CalendarRow
                  key={calendar.id}
                  calendar={calendar}
                  {...(mayManage ? { onEdit: () => setOpen(calendar) } : {})}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <p className="mt-3 text-xs text-muted">
        The holidays of countries come with date-holidays 3.37, by its contributors, from Wikipedia among other sources;
        data under CC BY-SA 3.0. They are worked out on this server. Holidays that depend on seeing the moon may be a
        day off: look at them before you rely on them.
      </p>
      {open === undefined ? null : (
        <HolidayDialog {...(open === 'new' ? {} : { calendar: open })} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  );
}

function CalendarRow({ calendar, onEdit }: { calendar: HolidayCalendarView; onEdit?: () => void }) {
  const [removing, setRemoving] = useState(false);
  const remove = useAct(deleteHolidayCalendar, {
    touches: ['settings', 'schedules'],
    onDone: () => toast({ text: `${calendar.name} is removed` }),
  });
  const { name, country, region, coming } = calendar;
  return (
    <Row className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="break-words">
          <bdi className="font-semibold">{name}</bdi> <span className="text-muted">{placeWords(country, region)}</span>
        </p>
        <p className="mt-0.5 break-words">
          <Whose calendar={calendar} />
        </p>
        <p className="num mt-0.5 text-xs break-words text-muted">
          {coming.length === 0
            ? 'No day of it is to come.'
            : coming
                .slice(0, SHOWN)
                .map((day) => `${longDate(day.date)} ${day.name}`)
                .join(' · ')}
        </p>
      </div>
      {onEdit === undefined ? null : (
        <div className="flex gap-2">
          <Button size="sm" aria-label={`Edit ${name}`} onClick={onEdit}>
            Edit
          </Button>
          <Button size="sm" aria-label={`Remove ${name}`} onClick={() => setRemoving(true)}>
            Remove
          </Button>
        </div>
      )}
      {removing ? (
        <ConfirmDialog
          open
          onOpenChange={setRemoving}
          title={`Remove ${name}?`}
          consequence="Its days are working days again, also in reports about the past."
          act="Remove"
          danger
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ params: { id: calendar.id } })}
        />
      ) : null}
    </Row>
  );
}

function Whose({ calendar: { isDefault, teamIds, userIds } }: { calendar: HolidayCalendarView }) {
  const nameOf = usePersonName();
  const teams = useRead(listTeams, { query: { limit: 200 } }, ['members']).data?.items ?? [];
  const names = [
    ...teamIds.flatMap((id) => teams.find((team) => team.id === id)?.name ?? []),
    ...userIds.map((id) => nameOf(id)),
  ];
  if (isDefault) return <>Business hours, and everybody{names.length === 0 ? '' : `; also ${names.join(', ')}`}</>;
  if (names.length === 0) return <span className="text-warn-text">Nobody has it</span>;
  return <>{names.join(', ')}</>;
}
