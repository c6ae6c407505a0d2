/**
 * Wall clocks of a named time zone with nothing but `Intl`, for browsers that do not have Temporal. A wall time is written
 * as the milliseconds at which a clock in UTC would show it.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clocks.set(zone, clock);
  }
  return clock;
}

/** What the clock of a zone shows at an instant, to the second. */
export function wallOf(instantMs: number, zone: string): number {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(instantMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

const offsetAt = (instantMs: number, zone: string) => wallOf(instantMs, zone) - Math.floor(instantMs / 1_000) * 1_000;

/**
 * The first instant at which the clock of a zone shows a wall time; of one that does not come, the first instant after
 * the jump over it.
 */
export function firstInstantOf(wallMs: number, zone: string): number {
  const offsets = [offsetAt(wallMs - DAY_MS, zone), offsetAt(wallMs + DAY_MS, zone)];
  let earlier = wallMs - Math.max(...offsets);
  let later = wallMs - Math.min(...offsets);
  if (wallOf(earlier, zone) === wallMs) return earlier;
  if (wallOf(later, zone) === wallMs) return later;
  while (later - earlier > MINUTE_MS) {
    const middle = earlier + Math.floor((later - earlier) / 2 / MINUTE_MS) * MINUTE_MS;
    if (wallOf(middle, zone) < wallMs) earlier = middle;
    else later = middle;
  }
  return later;
}

/** The day that the calendar of a zone shows at an instant: `2026-11-23`. */
export function dateAt(instantMs: number, zone: string): string {
  return new Date(wallOf(instantMs, zone)).toISOString().slice(0, 10);
}

/** An instant as a field of the kind `datetime-local` shows it on the clock of a zone: `2026-11-25T14:00`. */
export function fieldTime(instantMs: number, zone: string): string {
  return new Date(wallOf(instantMs, zone)).toISOString().slice(0, 16);
}

/** The instant that such a field means; NaN when it is empty or unfinished. */
export function fieldInstant(text: string, zone: string): number {
  const wall = Date.parse(`${text}Z`);
  return Number.isNaN(wall) ? Number.NaN : firstInstantOf(wall, zone);
}

/** How much a clock is ahead of another at an instant, in minutes; behind is negative. */
export function minutesAhead(zone: string, other: string, instantMs: number): number {
  return Math.round((wallOf(instantMs, zone) - wallOf(instantMs, other)) / MINUTE_MS);
}
