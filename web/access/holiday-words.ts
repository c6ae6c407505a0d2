import type { HolidayView } from '#access/contract';

const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const shortDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});

/** `Fri, 25 Dec 2026`. */
export const longDate = (date: string) => day.format(Date.parse(date));
/** `Fri, 25 Dec`. */
export const shortDate = (date: string) => shortDay.format(Date.parse(date));

/** `Germany`, `Germany (BY)`, `days of its own`. */
export function placeWords(country: string | null, region: string | null): string {
  if (country === null) return 'days of its own';
  let name = country;
  try {
    name = new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country;
  } catch {
    // A code that the browser does not know stands for itself.
  }
  return region === null ? name : `${name} (${region})`;
}

/** Lines such as `2026-12-24 Christmas Eve`, as a text field shows them. */
export function linesOf(days: readonly HolidayView[]): string {
  return days.map(({ date, name }) => `${date} ${name}`).join('\n');
}

/** The days of such lines, or the first line that is none. */
export function daysOfLines(text: string): { days: HolidayView[] } | { wrong: string } {
  const days: HolidayView[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const [, date, name] = /^(\d{4}-\d\d-\d\d)[\s,;:]+(.+)$/.exec(line) ?? [];
    if (date === undefined || name === undefined || Number.isNaN(Date.parse(date))) return { wrong: line };
    days.push({ date, name });
  }
  return { days };
}

const SUBSTITUTE = / \(substitute day\)$/;

/** Each holiday once, with all its dates: whoever works on one works on the day that stands in for it. */
export function holidaysByName(days: readonly HolidayView[]): { name: string; dates: string[] }[] {
  const found = new Map<string, string[]>();
  for (const { date, name } of days) {
    const plain = name.replace(SUBSTITUTE, '');
    found.set(plain, [...(found.get(plain) ?? []), date]);
  }
  return [...found].map(([name, dates]) => ({ name, dates }));
}
