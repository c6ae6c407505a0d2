import { listScheduleHolidays, type ScheduleHolidayView } from '#respond/contract';
import { useRead } from '../../data/query.ts';
import type { CalendarSpan } from './span.ts';

/** What is said of a date: the names, and whose holiday it is where it is not everybody's. */
export type HolidayMarks = ReadonlyMap<string, string>;

export const NO_MARKS: HolidayMarks = new Map();

/** Holidays by date: `Christmas Day`, `Independence Day (Ann, Bob)`. */
export function marksOf(holidays: readonly ScheduleHolidayView[], nameOf: (userId: string) => string): HolidayMarks {
  const marks = new Map<string, string>();
  for (const { date, name, userIds, everybody } of holidays) {
    const whose = everybody || userIds.length === 0 ? '' : ` (${peopleWords(userIds.map(nameOf))})`;
    const before = marks.get(date);
    marks.set(date, `${before === undefined ? '' : `${before}; `}${name}${whose}`);
  }
  return marks;
}

const MOST_NAMES = 2;

function peopleWords(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more <= 1 ? names.join(', ') : `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more`;
}

/** The holidays of a schedule’s people in what a calendar shows. */
export function useHolidays(scheduleId: string, { days }: CalendarSpan, nameOf: (id: string) => string): HolidayMarks {
  const [from, to] = [days[0]?.date, days.at(-1)?.date];
  const read = useRead(
    listScheduleHolidays,
    {
      params: { id: scheduleId },
      query: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
    },
    ['schedules', 'members', 'settings'],
    { keepPrevious: true },
  );
  return marksOf(read.data?.items ?? [], nameOf);
}
