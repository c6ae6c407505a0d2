import { type Holidays, NO_HOLIDAYS } from '#access';
import type { Interval } from '#kernel/interval.ts';
import { firstInstantOf } from '#kernel/wall-clock.ts';
import { NIGHT_BEGINS, NIGHT_ENDS } from './night.ts';

/** Time on call of each kind, in milliseconds; every moment is of exactly one. */
export type Duty = {
  /** By day on a working day. */
  readonly dayMs: number;
  /** By night, 22 to 7, on a working day. */
  readonly nightMs: number;
  /** By day on a day that is not one. */
  readonly freeDayMs: number;
  readonly freeNightMs: number;
};

export type DutyDay = Duty & {
  readonly date: string;
  /** The public holiday that it is; a free day then, whatever weekday. */
  readonly holiday: string | null;
};

export const NO_DUTY: Duty = { dayMs: 0, nightMs: 0, freeDayMs: 0, freeNightMs: 0 };

/** What somebody's clock and calendar say. */
export type Calendar = {
  readonly timeZone: string;
  /** 1 = Monday … 7 = Sunday; all other days are free. */
  readonly workingDays: readonly number[];
  readonly holidays?: Holidays;
};

/**
 * Time on call day by day, as the person's own clock shows it. Lengths are the time that passes: the night in which the
 * clock goes back has an hour more.
 */
export function dutyDays(onCall: readonly Interval[], calendar: Calendar): DutyDay[] {
  const { holidays = NO_HOLIDAYS } = calendar;
  const days = new Map<string, DutyDay>();
  for (const { startMs, endMs } of onCall) {
    for (let day = dateOf(startMs, calendar.timeZone); ; day = day.add({ days: 1 })) {
      const [dawn, morning, evening, midnight] = cutsOf(day, calendar.timeZone);
      if (dawn >= endMs) break;
      const within = (from: number, to: number) => Math.max(0, Math.min(to, endMs) - Math.max(from, startMs));
      const byDay = within(morning, evening);
      const byNight = within(dawn, morning) + within(evening, midnight);
      if (byDay + byNight === 0) continue;
      const date = day.toString();
      const holiday = holidays.get(date) ?? null;
      const isFree = holiday !== null || !calendar.workingDays.includes(day.dayOfWeek);
      days.set(date, {
        date,
        holiday,
        ...addDuty(
          days.get(date) ?? NO_DUTY,
          isFree
            ? { ...NO_DUTY, freeDayMs: byDay, freeNightMs: byNight }
            : { ...NO_DUTY, dayMs: byDay, nightMs: byNight },
        ),
      });
    }
  }
  return [...days.values()].toSorted((one, other) => one.date.localeCompare(other.date));
}

export function addDuty(one: Duty, other: Duty): Duty {
  return {
    dayMs: one.dayMs + other.dayMs,
    nightMs: one.nightMs + other.nightMs,
    freeDayMs: one.freeDayMs + other.freeDayMs,
    freeNightMs: one.freeNightMs + other.freeNightMs,
  };
}

export function totalOf({ dayMs, nightMs, freeDayMs, freeNightMs }: Duty): number {
  return dayMs + nightMs + freeDayMs + freeNightMs;
}

function dateOf(ms: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();
}

/** When a day begins, its night ends, the next night begins, and the day ends. */
function cutsOf(day: Temporal.PlainDate, timeZone: string): [number, number, number, number] {
  const at = (hour: number) => firstInstantOf(day.toPlainDateTime({ hour }), timeZone);
  const begins = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds;
  return [begins(day), at(NIGHT_ENDS), at(NIGHT_BEGINS), begins(day.add({ days: 1 }))];
}
