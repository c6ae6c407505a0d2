/** `14:02 CET`, in a person's zone; with the date when it is not the same day there as `now`. */
export function clockTime(instant: Date, zone: string, now: Date): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(instant);
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' });
  const day = (at: Date) => new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
  return day(instant) === day(now) ? time : `${format({ weekday: 'short', day: 'numeric', month: 'short' })} ${time}`;
}
