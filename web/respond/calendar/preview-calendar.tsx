import { useMemo, useState } from 'react';
import { useMinute } from '../../ui/clock.ts';
import { ErrorNote, Note } from '../../ui/error-note.tsx';
import { formatDuration, plural } from '../../ui/format.ts';
import { LoadingRows } from '../../ui/skeleton.tsx';
import type { ScheduleDraft } from '../schedule-draft.ts';
import { useSchedulePreview } from '../use-schedule-preview.ts';
import { Agenda } from './agenda.tsx';
import { BarDetail } from './bar-detail.tsx';
import { CalendarBar, type CalendarPlace } from './calendar-bar.tsx';
import { gapsAhead } from './gaps.ts';
import { type Bar, type CalendarRow, calendarRows, versionMarks } from './rows.ts';
import { calendarSpan } from './span.ts';
import { Timeline } from './timeline.tsx';
import { useNarrow } from './use-narrow.ts';
import { spanTitle } from './words.ts';
import { ZoneNote } from './zone-note.tsx';
import { dateAt } from './zone.ts';

/** The calendar of a draft, as it would be if it were saved: nothing in it can be changed by hand. */
export function PreviewCalendar({ draft, scheduleId }: { draft: ScheduleDraft; scheduleId: string | undefined }) {
  const now = useMinute().getTime();
  const narrow = useNarrow();
  const zone = draft.timeZone;
  const [place, setPlace] = useState<CalendarPlace>({ view: 'week', date: undefined });
  const [opened, setOpened] = useState<{ bars: readonly Bar[]; row: CalendarRow }>();
  const date = place.date ?? dateAt(now, zone);
  const span = useMemo(() => calendarSpan(place.view, date, zone), [place.view, date, zone]);
  const { preview, error } = useSchedulePreview(draft, scheduleId, span);
  const rows = useMemo(() => (preview === undefined ? [] : calendarRows(preview, undefined, undefined)), [preview]);
  const [finalRow] = rows;
  const marks = preview === undefined ? [] : versionMarks(preview.shifts, span);
  return (
    <div className="grid gap-3">
      <CalendarBar views={['day', 'week', 'month']} place={place} span={span} zone={zone} nowMs={now} onGo={setPlace} />
      <ErrorNote error={error} />
      {preview === undefined || finalRow === undefined ? (
        error === undefined ? (
          <LoadingRows rows={5} />
        ) : null
      ) : (
        <>
          {narrow ? (
            <Agenda span={span} zone={zone} row={finalRow} onOpen={(bars, row) => setOpened({ bars, row })} />
          ) : (
            <Timeline
              label={`What it would come to, ${spanTitle(place.view, span, zone)}`}
              view={place.view}
              span={span}
              zone={zone}
              rows={rows}
              marks={marks}
              compact
              onOpen={(bars, row) => setOpened({ bars, row })}
            />
          )}
          <GapSum gaps={gapsAhead(finalRow.bars, span, now)} view={place.view} />
          <ZoneNote zone={zone} marks={marks} />
          {opened === undefined ? null : (
            <BarDetail
              {...opened}
              final={preview}
              overrides={[]}
              zone={zone}
              acts={undefined}
              consequences={() => ['It is looked at when the schedule is saved.']}
              onClose={() => setOpened(undefined)}
            />
          )}
        </>
      )}
    </div>
  );
}

function GapSum({ gaps, view }: { gaps: readonly { startMs: number; endMs: number }[]; view: string }) {
  if (gaps.length === 0) return null;
  const seconds = gaps.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs) / 1_000, 0);
  return (
    <Note tone="warn">
      {plural(gaps.length, 'gap')} in this {view}, {formatDuration(seconds)} together. A policy’s step that asks only
      this schedule is passed over then.
    </Note>
  );
}
