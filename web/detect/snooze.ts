const HOUR_MS = 3_600_000;

/** The usual lengths of a snooze, in the reader's own zone. */
export const SNOOZES: readonly { readonly label: string; readonly until: (now: Date) => Date }[] = [
  { label: '30 minutes', until: (now) => new Date(now.getTime() + HOUR_MS / 2) },
  { label: '2 hours', until: (now) => new Date(now.getTime() + 2 * HOUR_MS) },
  { label: '8 hours', until: (now) => new Date(now.getTime() + 8 * HOUR_MS) },
  { label: 'the night, until 9:00', until: nextMorning },
];

/** The next nine o'clock that is at least an hour away. */
export function nextMorning(now: Date): Date {
  const at = new Date(now);
  at.setHours(9, 0, 0, 0);
  while (at.getTime() - now.getTime() < HOUR_MS) at.setDate(at.getDate() + 1);
  return at;
}
