import { toCsv } from '#kernel/csv.ts';
import type { LoadDayView } from './contract.ts';

const HEAD = [
  'date',
  'person',
  'person id',
  'hours by day',
  'hours by night',
  'hours by day, free days',
  'hours by night, free days',
  'pages',
  'interruptions outside hours',
  'hours on public holidays',
  'public holiday',
] as const;

/** The load day by day as comma-separated values, for whoever pays for it; hours with two decimals. */
export function loadCsv(days: readonly LoadDayView[]): string {
  const hours = (seconds: number) => Math.round(seconds / 36) / 100;
  return toCsv(
    HEAD,
    days.map((day) => [
      day.date,
      day.userName,
      day.userId,
      hours(day.daySeconds),
      hours(day.nightSeconds),
      hours(day.freeDaySeconds),
      hours(day.freeNightSeconds),
      day.pages,
      day.interruptions,
      hours(day.holidaySeconds),
      day.holiday ?? '',
    ]),
  );
}
