import { formatDuration } from '#kernel/duration.ts';

/**
 * How the dashboard writes times, durations and numbers. Pure: the instant "now" is always an argument, the zone may be.
 * Everything in a 24-hour clock, in the reader's own zone unless one is named.
 */

export { formatDuration };

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A running clock to or past an instant: `6:12`, `1:04:09`, `2 d 03 h`. Takes seconds, ignores the sign. */
export function formatClock(seconds: number): string {
  const total = Math.floor(Math.abs(seconds));
  const two = (part: number) => String(part).padStart(2, '0');
  if (total >= day) return formatDuration(total);
  const minutes = Math.floor((total % hour) / minute);
  if (total >= hour) return `${Math.floor(total / hour)}:${two(minutes)}:${two(total % minute)}`;
  return `${minutes}:${two(total % minute)}`;
}

/** A length that is still growing: whole minutes from the first one on, so that a long list does not flicker. */
export function formatRunning(seconds: number): string {
  const total = Math.max(0, seconds);
  return formatDuration(total < minute ? total : Math.floor(total / minute) * minute);
}

/** `4 m ago`, `in 12 m`, `just now`. */
export function formatRelative(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) < 5) return 'just now';
  const text = formatRunning(Math.abs(seconds));
  return seconds < 0 ? `${text} ago` : `in ${text}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: Date, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('en-GB', options);
    formats.set(key, found);
  }
  return found.format(at);
}

const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const date = { day: 'numeric', month: 'short' } as const;

/** As short as it stays clear: `14:02` today, `Sun 14:02` within six days, `9 Nov 14:02`, `9 Nov 2025`. */
export function formatAbsolute(at: Date, now: Date, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const dayOf = (instant: Date) => format(instant, { year: 'numeric', ...date, ...zone });
  const clock = format(at, { ...time, ...zone });
  if (dayOf(at) === dayOf(now)) return clock;
  const away = Math.abs(at.getTime() - now.getTime()) / 1000;
  if (away < 6 * day) return `${format(at, { weekday: 'short', ...zone })} ${clock}`;
  if (away < 300 * day) return `${format(at, { ...date, ...zone })} ${clock}`;
  return dayOf(at);
}

/** `14:02:11` today, `Sun 14:02:11` within six days, then with the date: for rows that are seconds apart. */
export function formatToTheSecond(at: Date, now: Date, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const clock = format(at, { ...time, second: '2-digit', ...zone });
  const short = formatAbsolute(at, now, timeZone);
  return short.includes(':') ? short.replace(/\d\d:\d\d$/, clock) : `${short} ${clock}`;
}

/** With seconds and zone: `23 Nov 2026, 14:02:11 CET`. */
export function formatExact(at: Date, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return format(at, { year: 'numeric', ...date, ...time, second: '2-digit', timeZoneName: 'short', ...zone });
}

/** The reader's zone as it is at an instant, in short: `CET`, `GMT+2`. */
export function zoneWords(at: Date, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short', ...zone }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}

/** What a hover shows: `2026-11-23 13:02:11 UTC`. */
export function formatUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `84 ms`, `2.4 s`; `–` for nothing. */
export function formatMs(milliseconds: number | null | undefined): string {
  if (milliseconds === null || milliseconds === undefined) return '–';
  if (milliseconds > 0 && milliseconds < 1) return '< 1 ms';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(milliseconds < 9950 ? 1 : 0)} s`;
}

/** A ratio 0–1 as `99.91 %`, always rounded down: 99.999 % is not 100 %. `–` for nothing measured. */
export function formatPercent(ratio: number | null | undefined, digits = 2): string {
  if (ratio === null || ratio === undefined) return '–';
  if (ratio >= 1) return '100 %';
  const scale = 10 ** digits;
  return `${(Math.floor(ratio * 100 * scale + 1e-9) / scale).toFixed(digits)} %`;
}

/** `1,204`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 monitor`, `3 monitors`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A title beside a badge that says *Drill* already. */
export function withoutDrillWord(title: string): string {
  const rest = title.replace(/^drill: */i, '');
  return rest === '' ? title : `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}

/** Two letters for a person: first and last name, else the first two of the name, else of the address. */
export function initials(name: string): string {
  const words = name
    .replace(/@.*$/, '')
    .split(/[\s._-]+/)
    .filter((word) => word !== '');
  const first = [...(words[0] ?? '?')];
  const last = words.length > 1 ? [...(words.at(-1) ?? '')] : [];
  return `${first[0] ?? '?'}${last[0] ?? first[1] ?? ''}`.toLocaleUpperCase('en');
}
