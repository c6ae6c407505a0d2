const choices = [300, 600, 900, 1_200, 1_800, 2_700, 3_600, 7_200, 14_400];

/** The steps on offer for the next promise: what the severity asks for, and sooner. Seconds, ascending. */
export function promiseChoices(asked: number | null): number[] {
  if (asked === null) return choices;
  return choices.filter((seconds) => seconds < asked - 60);
}

/** `14:49`, on a clock in a zone. */
export function clockIn(at: Date, timeZone: string): string {
  return at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
}

const promised =
  /\b(next update (?:by|at) (?:\d{1,2} [A-Z][a-z]{2}, )?)(\d{1,2}:\d{2})( [A-Z][A-Z+0-9:]*)?( \(\d{1,2}:\d{2} UTC\))?/i;

/** The time that the text itself promises for the next update, when it names one. */
export function promiseInText(text: string): string | undefined {
  return promised.exec(text)?.[2];
}

/** The text with its promise moved to another time; the zone stays as it was written. */
export function withPromise(text: string, at: Date, timeZone: string): string {
  return text.replace(
    promised,
    (_, words: string, _time: string, zone: string = '', utc: string = '') =>
      `${words}${clockIn(at, timeZone)}${zone}${utc === '' ? '' : ` (${clockIn(at, 'UTC')} UTC)`}`,
  );
}
