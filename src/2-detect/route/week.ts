export const MINUTES_OF_WEEK = 7 * 1_440;

type Stretch = { readonly days: readonly number[]; readonly from: string; readonly to: string };

/** For each minute of a week, from Monday 00:00, whether it lies in the stretch; one past midnight wraps, and so does Sunday's. */
export function minutesOf({ days, from, to }: Stretch): readonly boolean[] {
  const within = Array.from({ length: MINUTES_OF_WEEK }, () => false);
  const begin = minuteOfDay(from);
  const length = (minuteOfDay(to) - begin + 1_440) % 1_440 || 1_440;
  for (const day of days)
    for (let i = 0; i < length; i++) within[((day - 1) * 1_440 + begin + i) % MINUTES_OF_WEEK] = true;
  return within;
}

function minuteOfDay(wallTime: string): number {
  const [hours = 0, minutes = 0] = wallTime.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The minute of the week of an instant, as clocks on the wall of a zone show it. */
export function minuteOfWeek(instant: Date, timeZone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  return (local.dayOfWeek - 1) * 1_440 + local.hour * 60 + local.minute;
}
