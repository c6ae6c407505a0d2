/** Steps of waiting on offer, in seconds. */
export const waits = [60, 120, 180, 300, 600, 900, 1_200, 1_800, 3_600];

/** `5 min`, `90 s`, `1 h`. */
export function waitWords(seconds: number): string {
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
