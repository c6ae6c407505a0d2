import { initials } from '../../ui/format.ts';
import type { CalendarSpan, CalendarView, Stretch } from './span.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function said(instantMs: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${zone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
    formats.set(key, format);
  }
  return format.format(instantMs);
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
export const clockAt = (ms: number, zone: string) => said(ms, zone, clock);
export const weekdayAt = (ms: number, zone: string, weekday: 'short' | 'long' | 'narrow' = 'short') =>
  said(ms, zone, { weekday });
export const dayNumberAt = (ms: number, zone: string) => said(ms, zone, { day: 'numeric' });
const dayAt = (ms: number, zone: string) => said(ms, zone, { day: 'numeric', month: 'short' });
/** `Wednesday 25 Nov`. */
export const longDayAt = (ms: number, zone: string) => `${weekdayAt(ms, zone, 'long')} ${dayAt(ms, zone)}`;

/** `Wed 09:00` within a week of some instant, `25 Nov 09:00` farther away; an end at midnight is that of the day before. */
export function momentAt(ms: number, zone: string, nearMs: number): string {
  const near = Math.abs(ms - nearMs) < 6.5 * 86_400_000;
  return `${near ? weekdayAt(ms, zone) : dayAt(ms, zone)} ${clockAt(ms, zone)}`;
}

/** `Sunday 29 Nov 02:00–03:00`, `Wed 25 Nov 09:00 – Thu 26 Nov 18:00`. */
export function stretchWords({ startMs, endMs }: Stretch, zone: string): string {
  const oneDay = dayAt(startMs, zone) === dayAt(endMs - 1, zone) && endMs - startMs <= 25 * 3_600_000;
  const until = clockAt(endMs, zone) === '00:00' && oneDay ? '24:00' : clockAt(endMs, zone);
  if (oneDay) return `${longDayAt(startMs, zone)} ${clockAt(startMs, zone)}–${until}`;
  const short = (ms: number) => `${weekdayAt(ms, zone)} ${dayAt(ms, zone)} ${clockAt(ms, zone)}`;
  return `${short(startMs)} – ${short(endMs)}`;
}

/** `23–29 Nov 2026`, `30 Nov – 6 Dec 2026`, `November 2026`, `Wed 25 Nov 2026`. */
export function spanTitle(view: CalendarView, { days }: CalendarSpan, zone: string): string {
  const first = days[0]?.startMs ?? 0;
  const last = days.at(-1)?.startMs ?? first;
  const year = said(last, zone, { year: 'numeric' });
  if (view === 'month') return said(first, zone, { month: 'long', year: 'numeric' });
  if (view === 'day') return `${weekdayAt(first, zone)} ${dayAt(first, zone)} ${year}`;
  const month = (ms: number) => said(ms, zone, { month: 'short' });
  return month(first) === month(last)
    ? `${dayNumberAt(first, zone)}–${dayAt(last, zone)} ${year}`
    : `${dayAt(first, zone)} – ${dayAt(last, zone)} ${year}`;
}

export const zoneName = (zone: string) => zone.replaceAll('_', ' ');

/** `2 h ahead of Berlin`, `3 h 30 m behind it`, `the same at the moment`. */
export function aheadWords(minutes: number): string {
  if (minutes === 0) return 'shows the same time now';
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  const length = [hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} m` : ''].filter(Boolean).join(' ');
  return `is ${length} ${minutes > 0 ? 'ahead' : 'behind'}`;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

/** A name that is written from right to left, so that it leaves the order of the words around it alone. */
export function apart(name: string): string {
  return RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name;
}

/** About as wide as text of 13 px is; bars cut off what is longer. */
const LETTER_PX = 7.2;
const PADDING_PX = 14;
const room = (text: string, px: number) => text.length * LETTER_PX + PADDING_PX <= px;

export type BarLabel = { readonly who: string; readonly more: string; readonly isShort: boolean };

/** As much of a bar's words as fits: names and what follows, names, first names, initials, nothing. */
export function barLabel(names: readonly string[], more: string, px: number): BarLabel {
  const full = names.map(apart).join(' + ');
  if (more !== '' && room(`${full} ${more}`, px)) return { who: full, more, isShort: false };
  const letters = names.map((name) => apart(initials(name)));
  const brief = letters.join(' ');
  if (more !== '' && room(`${brief} ${more}`, px) && !room(full, px)) return { who: brief, more, isShort: true };
  if (room(full, px)) return { who: full, more: '', isShort: false };
  const firsts = names.map((name) => apart(name.split(/\s+/)[0] ?? name)).join(' + ');
  if (room(firsts, px)) return { who: firsts, more: '', isShort: false };
  if (letters.length * 19 + 4 <= px) return { who: brief, more: '', isShort: true };
  if (letters.length > 1 && px >= 34) return { who: `${letters[0]} +${letters.length - 1}`, more: '', isShort: true };
  return { who: letters.length === 1 && px >= 19 ? (letters[0] ?? '') : '', more: '', isShort: true };
}
