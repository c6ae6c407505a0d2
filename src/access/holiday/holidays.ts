/** One day of a calendar: `2026-12-25`, Christmas Day. */
export type Holiday = { readonly date: string; readonly name: string };

/** The holidays of one calendar by date. A date has no zone: whose clock it is read by is the asker's matter. */
export type Holidays = ReadonlyMap<string, string>;

export const NO_HOLIDAYS: Holidays = new Map();

/** What a calendar comes to: the days of its country that are not left out, and those typed in, which name their date. */
export type CalendarDays = {
  readonly ruleDays: readonly Holiday[];
  readonly leftOut: readonly string[];
  readonly ownDays: readonly Holiday[];
};

/** The days of a calendar, each date once, in order. Two holidays of a country on one date are named together. */
export function daysOf({ ruleDays, leftOut, ownDays }: CalendarDays): Holiday[] {
  const names = new Map<string, string>();
  for (const { date, name } of ruleDays) {
    if (leftOut.includes(plainName(name))) continue;
    const before = names.get(date);
    names.set(date, before === undefined || before === name ? name : `${before}, ${name}`);
  }
  for (const { date, name } of ownDays) names.set(date, name);
  return [...names]
    .map(([date, name]) => ({ date, name }))
    .toSorted((one, other) => one.date.localeCompare(other.date));
}

export function holidaysOf(days: CalendarDays): Holidays {
  return new Map(daysOf(days).map(({ date, name }) => [date, name]));
}

const SUBSTITUTE = / \(substitute day\)$/;

/** A holiday’s name without the remark that this day stands in for it: whoever works on one works on the other. */
function plainName(name: string): string {
  return name.replace(SUBSTITUTE, '');
}

/** The date that the calendar on the wall of a zone shows. */
export function localDate(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** The name of the holiday that it is at an instant in a zone; null on every other day. */
export function holidayAt(holidays: Holidays, timeZone: string, instant: Date): string | null {
  return holidays.size === 0 ? null : (holidays.get(localDate(instant, timeZone)) ?? null);
}

/** Something that a calendar is for. */
export type CalendarUse = {
  readonly id: string;
  readonly isDefault: boolean;
  readonly teamIds: readonly string[];
  readonly userIds: readonly string[];
};

type Grouped = { readonly id: string; readonly name: string; readonly userIds: readonly string[] };

/**
 * The calendar that holds for somebody: their own, else that of the first of their teams by name that has one, else
 * everybody's.
 */
export function calendarFor<Calendar extends CalendarUse>(
  userId: string,
  calendars: readonly Calendar[],
  teams: readonly Grouped[],
): Calendar | undefined {
  const own = calendars.find(({ userIds }) => userIds.includes(userId));
  if (own) return own;
  const theirs = teams
    .filter(({ userIds }) => userIds.includes(userId))
    .toSorted((one, other) => one.name.localeCompare(other.name));
  for (const team of theirs) {
    const ofTeam = calendars.find(({ teamIds }) => teamIds.includes(team.id));
    if (ofTeam) return ofTeam;
  }
  return calendars.find(({ isDefault }) => isDefault);
}
