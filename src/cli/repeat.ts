import type { Repeat } from '#monitor/contract';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** What the help of an option that takes this says. */
export const REPEAT_HELP =
  'such as "day 22:00", "mon,thu 02:00", "month 15 02:00", "month last 02:00" or "month 2 tue 02:00"';

/** How often something comes, as people write it; null for anything else. */
export function parseRepeat(text: string): Repeat | null {
  const match = /^(.+) (\d{1,2}):(\d\d)$/.exec(text.trim().toLowerCase());
  const [, when, hour, minute] = match ?? [];
  if (when === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
  const atTime = `${String(hour).padStart(2, '0')}:${minute}`;
  if (when === 'day') return { every: 'day', atTime };
  const ofMonth = /^month (last|\d{1,2})(?: ([a-z]+))?$/.exec(when);
  if (ofMonth?.[1] === undefined) {
    const days = when.split(/ *, */).map(weekdayOf);
    return days.every((day) => day !== null) ? { every: 'week', atTime, days } : null;
  }
  const which = ofMonth[1] === 'last' ? 'last' : Number(ofMonth[1]);
  if (ofMonth[2] === undefined)
    return which === 'last' || isDay(which) ? { every: 'month', atTime, on: { day: which } } : null;
  const weekday = weekdayOf(ofMonth[2]);
  if (weekday === null || (which !== 'last' && (which < 1 || which > 4))) return null;
  return { every: 'month', atTime, on: { nth: which, weekday } };
}

const isDay = (day: number) => day >= 1 && day <= 31;

/** 1 is Monday; three letters are enough. */
function weekdayOf(word: string): number | null {
  const index = word.length < 3 ? -1 : WEEKDAYS.findIndex((name) => name.startsWith(word));
  return index < 0 ? null : index + 1;
}
