import { useMemo, useState } from 'react';
import {
  listScheduleOverrides,
  readFinalSchedule,
  type ScheduleOverrideView,
  type ScheduleView,
} from '#respond/contract';
import { usePersonName } from '../../access/people.ts';
import { toast } from '../../app/toasts.tsx';
import { useRead } from '../../data/query.ts';
import { useMay, useSession } from '../../data/session.ts';
import { Button } from '../../ui/button.tsx';
import { useMinute } from '../../ui/clock.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { CoverDialog } from '../cover-dialog.tsx';
import { OverrideDialog, type OverrideWish } from '../override-dialog.tsx';
import { OverrideTimesDialog } from '../override-times-dialog.tsx';
import { useOverrideActs } from '../use-override-acts.ts';
import { Agenda } from './agenda.tsx';
import { BarDetail, type DetailActs } from './bar-detail.tsx';
import { CalendarBar, type CalendarPlace } from './calendar-bar.tsx';
import { gapsAhead } from './gaps.ts';
import { GapNotes, useConsequences } from './gap-notes.tsx';
import { HolidayNotes } from './holiday-notes.tsx';
import { useHolidays } from './holidays.ts';
import { type Bar, type CalendarRow, calendarRows, edgesOf, versionMarks } from './rows.ts';
import { calendarSpan, type Stretch } from './span.ts';
import { Timeline } from './timeline.tsx';
import { useNarrow } from './use-narrow.ts';
import type { Held } from './use-timeline-drag.ts';
import { spanTitle } from './words.ts';
import { dateAt } from './zone.ts';
import { ZoneNote } from './zone-note.tsx';

const DAY_MS = 86_400_000;
/** Read on both sides of what is shown, so that most shifts can say when they really begin and end. */
const BESIDE_MS = 8 * DAY_MS;
const iso = (ms: number) => new Date(ms).toISOString();

type Asking =
  | { what: 'override'; wish: OverrideWish }
  | { what: 'cover'; stretch: Stretch }
  | { what: 'times'; override: ScheduleOverrideView };

/** The calendar of a schedule: who is paged, what each layer plans, overrides that are made and moved by hand, and gaps. */
export function ScheduleCalendar({
  schedule,
  place,
  onGo,
}: {
  schedule: ScheduleView;
  place: CalendarPlace;
  onGo: (place: CalendarPlace) => void;
}) {
  const now = useMinute().getTime();
  const zone = schedule.timeZone;
  const narrow = useNarrow();
  const { user } = useSession();
  const mayCover = useMay('schedules.cover');
  const mayManage = useMay('schedules.manage');
  const date = place.date ?? dateAt(now, zone);
  const span = useMemo(() => calendarSpan(place.view, date, zone), [place.view, date, zone]);
  const params = { id: schedule.id };
  const topics = ['schedules', 'members'];
  const final = useRead(
    readFinalSchedule,
    { params, query: { from: iso(span.startMs - BESIDE_MS), to: iso(span.endMs + BESIDE_MS) } },
    topics,
    { keepPrevious: true },
  );
  const read = useRead(
    listScheduleOverrides,
    { params, query: { from: iso(span.startMs), to: iso(span.endMs), limit: 200 } },
    topics,
    { keepPrevious: true },
  );
  const holidays = useHolidays(schedule.id, span, usePersonName());
  const acts = useOverrideActs(schedule);
  const { of: consequences } = useConsequences(schedule);
  const [asking, setAsking] = useState<Asking>();
  const [opened, setOpened] = useState<{ bars: readonly Bar[]; row: CalendarRow }>();
  const overrides = useMemo(() => read.data?.items ?? [], [read.data]);
  const pending = acts.pending !== undefined && acts.pending.settledMs >= read.dataUpdatedAt ? acts.pending : undefined;
  const rows = useMemo(() => {
    if (final.data === undefined) return [];
    // Where a hand has put one it stays until the server has said so too.
    const placed = overrides.map((one) =>
      one.id === pending?.id ? { ...one, startsAt: iso(pending.startMs), endsAt: iso(pending.endMs) } : one,
    );
    return calendarRows(final.data, schedule, placed);
  }, [final.data, overrides, pending, schedule]);

  const open = (bars: readonly Bar[], row: CalendarRow) => setOpened({ bars, row });
  const override = (wish: OverrideWish) => setAsking({ what: 'override', wish });
  const fill = (stretch: Stretch) => override({ kind: 'add', stretch });
  const instead = (act: () => void) => {
    setOpened(undefined);
    act();
  };
  const detailActs: DetailActs = {
    onOverride: (bar) => instead(() => override(wishFor(bar, now))),
    onFill: (stretch) => instead(() => fill(stretch)),
    onCover: (stretch) => instead(() => setAsking({ what: 'cover', stretch })),
    onTimes: (one) => instead(() => setAsking({ what: 'times', override: one })),
    onTakeBack: (one) => instead(() => acts.takeBack(one)),
    onDay: (day) => instead(() => onGo({ view: 'day', date: day })),
  };
  const onDrop = (held: Held, stretch: Stretch | null) => {
    if (stretch === null) {
      toast({
        text: 'That would change what is over, and the past never changes: choose a time from now on.',
        tone: 'bad',
      });
      return;
    }
    if (held.what === 'override') acts.drop(held.override, stretch);
    else override({ stretch });
  };
  const mayMove = ({ override: one, endMs }: Bar) =>
    one !== null && endMs > now && (mayManage || (mayCover && one.kind !== 'remove' && one.userId === user.id));

  return (
    <section aria-label="Calendar" className="grid gap-3">
      <CalendarBar views={['day', 'week', 'month']} place={place} span={span} zone={zone} nowMs={now} onGo={onGo}>
        {mayCover ? <Button onClick={() => override({})}>Add override</Button> : null}
      </CalendarBar>
      <Loaded read={final} rows={5}>
        {(answer) => {
          const [finalRow] = rows;
          if (finalRow === undefined) return null;
          return (
            <>
              {narrow ? (
                <Agenda span={span} zone={zone} row={finalRow} holidays={holidays} onOpen={open} />
              ) : (
                <Timeline
                  label={`${schedule.name}, ${spanTitle(place.view, span, zone)}`}
                  view={place.view}
                  span={span}
                  zone={zone}
                  rows={rows}
                  onOpen={open}
                  marks={versionMarks(answer.shifts, span)}
                  holidays={holidays}
                  {...(mayCover ? { drag: { edges: edgesOf(rows, span), mayMove, onDrop } } : {})}
                />
              )}
              <HolidayNotes span={span} zone={zone} holidays={holidays} />
              <ZoneNote zone={zone} marks={versionMarks(answer.shifts, span)} mayDraw={mayCover && !narrow} />
              <GapNotes
                gaps={gapsAhead(finalRow.bars, span, now)}
                schedule={schedule}
                zone={zone}
                onFill={mayCover ? fill : undefined}
              />
              {opened === undefined ? null : (
                <BarDetail
                  {...opened}
                  final={answer}
                  overrides={overrides}
                  zone={zone}
                  acts={detailActs}
                  consequences={consequences}
                  onClose={() => setOpened(undefined)}
                />
              )}
            </>
          );
        }}
      </Loaded>
      {asking?.what === 'override' ? (
        <OverrideDialog
          schedule={schedule}
          wish={asking.wish}
          onClose={() => setAsking(undefined)}
          onMade={acts.tellMade}
        />
      ) : null}
      {asking?.what === 'cover' ? (
        <CoverDialog schedule={schedule} stretch={asking.stretch} onClose={() => setAsking(undefined)} />
      ) : null}
      {asking?.what === 'times' ? (
        <OverrideTimesDialog
          override={asking.override}
          zone={zone}
          onMove={(stretch) => acts.move(asking.override, stretch)}
          onClose={() => setAsking(undefined)}
        />
      ) : null}
    </section>
  );
}

/** Somebody takes the place of the one who is on call, or of all of them, in what is left of a shift. */
function wishFor({ userIds, startMs, endMs }: Bar, nowMs: number): OverrideWish {
  const [only] = userIds;
  return {
    kind: 'replace',
    ...(userIds.length === 1 && only !== undefined ? { replacedUserId: only } : {}),
    stretch: { startMs: Math.max(startMs, nowMs), endMs },
  };
}
