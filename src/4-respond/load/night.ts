/** When people sleep: from 22 to 7 by their own clock. */
export const NIGHT_BEGINS = 22;
export const NIGHT_ENDS = 7;

/** Whether it is night for somebody in a zone. */
export function isNight(at: Date, timeZone: string): boolean {
  const { hour } = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return hour >= NIGHT_BEGINS || hour < NIGHT_ENDS;
}
