/** An instant as a field of the kind `datetime-local` shows it, on the clock of this browser: `2026-11-25T14:00`. */
export function onThisClock(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
