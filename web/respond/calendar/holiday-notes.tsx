import { longDayAt } from './words.ts';
import type { HolidayMarks } from './holidays.ts';
import type { CalendarSpan } from './span.ts';

/** The holidays in what a calendar shows, by name: the days above the rows have little room. */
export function HolidayNotes({ span, zone, holidays }: { span: CalendarSpan; zone: string; holidays: HolidayMarks }) {
  const shown = span.days.flatMap(({ date, startMs }) => {
    const words = holidays.get(date);
    return words === undefined ? [] : [{ date, startMs, words }];
  });
  if (shown.length === 0) return null;
  return (
    <p className="text-xs text-muted">
      Public holidays:{' '}
      {shown.map(({ date, startMs, words }, index) => (
        <span key={date}>
          {index === 0 ? '' : ' · '}
          <span className="num">{longDayAt(startMs, zone)}</span> <bdi className="text-text">{words}</bdi>
        </span>
      ))}
    </p>
  );
}
