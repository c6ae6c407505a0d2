/** `14:02 CET`, in a person's zone; with the date when it is not the same day there as `now`. */
export function clockTime(instant: Date, zone: string, now: Date): string {
  const { time, day, date } = formatsOf(zone);
  const clock = time.format(instant);
  return day.format(instant) === day.format(now) ? clock : `${date.format(instant)} ${clock}`;
}

type Formats = Readonly<Record<'time' | 'day' | 'date', Intl.DateTimeFormat>>;

/** Making a format costs a hundred times what using it does, and there are only as many zones as the world has. */
const known = new Map<string, Formats>();

function formatsOf(zone: string): Formats {
  const found = known.get(zone);
  if (found) return found;
  const format = (locale: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  const made: Formats = {
    time: format('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' }),
    day: format('en-CA', { dateStyle: 'short' }),
    date: format('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }),
  };
  known.set(zone, made);
  return made;
}
