const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `mon-fri`, `sat,sun`, `fri-mon` or `daily` as numbers, 1 = Monday; null for anything else. */
function parseDays(text: string): number[] | null {
  if (text === 'daily') return [1, 2, 3, 4, 5, 6, 7];
  const days = text.split(',').flatMap((part) => {
    const [first = -1, last = first] = part.split('-').map((day) => DAYS.indexOf(day));
    if (first < 0 || last < 0) return [0];
    const length = (last - first + 7) % 7;
    return Array.from({ length: length + 1 }, (_, i) => ((first + i) % 7) + 1);
  });
  return days.includes(0) ? null : [...new Set(days)].toSorted((a, b) => a - b);
}

/** The shortest way to say days of the week. */
export function daysText(days: readonly number[]): string {
  const sorted = days.toSorted((a, b) => a - b);
  const first = sorted[0] ?? 1;
  const unbroken = sorted.length > 2 && sorted.every((day, i) => day === first + i);
  if (sorted.length === 7) return 'daily';
  const name = (day: number) => DAYS[day - 1] ?? '';
  return unbroken ? `${name(first)}-${name(first + sorted.length - 1)}` : sorted.map(name).join(',');
}

/** `mon-fri 09:00-17:00` as days and two times; null for anything else. */
export function parseHours(
  text: string,
): { readonly days: number[]; readonly from: string; readonly to: string } | null {
  const match = /^(\S+)\s+(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)$/.exec(text.trim().toLowerCase());
  const days = match?.[1] === undefined ? null : parseDays(match[1]);
  return !match || days === null ? null : { days, from: match[2] ?? '', to: match[3] ?? '' };
}
