export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

const TEN_MINUTES = 600;

/**
 * A length for people: `41 s`, `1 m 35 s` (seconds only below ten minutes), `24 m`, `1 h 04 m`, `3 d 02 h`. Never rounded
 * up; a negative length gets a leading minus.
 */
export function formatDuration(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  const sign = seconds < 0 && whole > 0 ? '-' : '';
  const two = (part: number) => String(part).padStart(2, '0');
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  if (days > 0) return `${sign}${days} d ${two(hours)} h`;
  if (hours > 0) return `${sign}${hours} h ${two(minutes)} m`;
  if (whole >= TEN_MINUTES || (minutes > 0 && whole % 60 === 0)) return `${sign}${minutes} m`;
  if (minutes > 0) return `${sign}${minutes} m ${two(whole % 60)} s`;
  return `${sign}${whole} s`;
}

/** The instant `seconds` after another. */
export function addSeconds(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * SECOND_MS);
}

/** Whole and fractional seconds from one instant to a later one (negative when it is earlier). */
export function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / SECOND_MS;
}
