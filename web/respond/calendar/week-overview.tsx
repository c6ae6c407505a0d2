import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { listFinalShifts } from '#respond/contract';
import { browserTimeZone } from '../../access/time-zone-select.tsx';
import { useNavigate } from '@tanstack/react-router';
import { useList } from '../../data/query.ts';
import { useMinute } from '../../ui/clock.ts';
import { textLink } from '../../ui/link.ts';
import { LoadedList } from '../../ui/loaded.tsx';
import { Section } from '../../ui/panel.tsx';
import { CalendarBar } from './calendar-bar.tsx';
import { type CalendarRow, finalBars } from './rows.ts';
import { calendarSpan } from './span.ts';
import { Timeline } from './timeline.tsx';
import { dateAt } from './zone.ts';
import { zoneName } from './words.ts';

/** All schedules of one week, one row each: who is paged, and where nobody is. Nothing while there is no schedule. */
export function WeekOverview() {
  const now = useMinute().getTime();
  const zone = browserTimeZone();
  const navigate = useNavigate();
  const [wanted, setWanted] = useState<string>();
  const date = wanted ?? dateAt(now, zone);
  const span = useMemo(() => calendarSpan('week', date, zone), [date, zone]);
  const list = useList(
    listFinalShifts,
    {
      query: { from: new Date(span.startMs).toISOString(), to: new Date(span.endMs).toISOString(), limit: 30 },
    },
    ['schedules', 'members'],
  );
  const rows = useMemo(
    () =>
      (list.items ?? []).map(({ scheduleId, name, shifts }): CalendarRow => {
        const bars = finalBars(shifts);
        const gaps = bars.filter(({ kind }) => kind === 'gap').length;
        const note = gaps === 0 ? '' : gaps === 1 ? 'a gap' : `${gaps} gaps`;
        return { key: scheduleId, kind: 'final', title: name, note, bars };
      }),
    [list.items],
  );
  if (list.items?.length === 0) return null;
  return (
    <Section title="The week" aside={<>every schedule, in {zoneName(zone)}</>} className="lg:col-span-2">
      <div className="grid gap-2">
        <CalendarBar
          views={['week']}
          place={{ view: 'week', date: wanted }}
          span={span}
          zone={zone}
          nowMs={now}
          onGo={(place) => setWanted(place.date)}
        />
        <LoadedList list={list} rows={3} empty={null}>
          {() => (
            <Timeline
              label="The week of every schedule"
              view="week"
              span={span}
              zone={zone}
              rows={rows}
              head={(row) => (
                <>
                  <Link
                    to="/schedules/$scheduleId"
                    params={{ scheduleId: row.key }}
                    search={wanted === undefined ? {} : { date: wanted }}
                    dir="auto"
                    className={`${textLink} line-clamp-2 text-sm break-words`}
                  >
                    {row.title}
                  </Link>
                  {row.note === '' ? null : <span className="text-xs text-bad-text">{row.note}</span>}
                </>
              )}
              onOpen={(_, row) =>
                void navigate({
                  to: '/schedules/$scheduleId',
                  params: { scheduleId: row.key },
                  search: wanted === undefined ? {} : { date: wanted },
                })
              }
            />
          )}
        </LoadedList>
      </div>
    </Section>
  );
}
