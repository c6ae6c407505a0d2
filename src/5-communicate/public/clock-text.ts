/** Times as readers of the page see them: in the page's zone, always named, and with a date when it is not today. */
export type ClockText = {
  /** `14:19 UTC`, or `21 Nov, 14:19 UTC` when that is not the day of the page's making. */
  readonly at: (iso: string) => string;
  /** `14:34 UTC`; in another zone the UTC time follows: `15:34 CET (14:34 UTC)`. */
  readonly promise: (iso: string) => string;
  /** `14:27:08 UTC` */
  readonly exact: (iso: string) => string;
  /** `21 Nov`, with the year when it is not this year. */
  readonly day: (iso: string) => string;
  /** The same for a calendar date. */
  readonly date: (date: string) => string;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** @param now the instant of the page's making, against which "today" is judged */
export function createClockText(timeZone: string, now: string): ClockText {
  const today = inZone(now, timeZone).toPlainDate();
  const zoneNames = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'short', hour: 'numeric' });
  const zoneName = (iso: string) =>
    zoneNames.formatToParts(new Date(iso)).find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
  const dateText = (date: Temporal.PlainDate) => {
    const text = `${date.day} ${MONTHS[date.month - 1] ?? ''}`;
    return date.year === today.year ? text : `${text} ${date.year}`;
  };
  const time = (iso: string, zone: string) => {
    const zoned = inZone(iso, zone);
    return `${pad(zoned.hour)}:${pad(zoned.minute)}`;
  };
  const at = (iso: string) => {
    const date = inZone(iso, timeZone).toPlainDate();
    const clock = `${time(iso, timeZone)} ${zoneName(iso)}`;
    return date.equals(today) ? clock : `${dateText(date)}, ${clock}`;
  };
  return {
    at,
    promise: (iso) => (zoneName(iso) === 'UTC' ? at(iso) : `${at(iso)} (${time(iso, 'UTC')} UTC)`),
    exact: (iso) => `${time(iso, timeZone)}:${pad(inZone(iso, timeZone).second)} ${zoneName(iso)}`,
    day: (iso) => dateText(inZone(iso, timeZone).toPlainDate()),
    date: (date) => dateText(Temporal.PlainDate.from(date)),
  };
}

/** `40` → `under a minute`, `1080` → `18 min`, `3840` → `1 h 04 m`, `97200` → `1 d 3 h`. Seconds are rounded down. */
export function lengthText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return 'under a minute';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${pad(minutes % 60)} m`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Whole seconds from one instant to a later one, never below zero. */
export function secondsFrom(startIso: string, endIso: string): number {
  return Math.max(0, Math.floor((Date.parse(endIso) - Date.parse(startIso)) / 1_000));
}

function inZone(iso: string, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(iso).toZonedDateTimeISO(timeZone);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
