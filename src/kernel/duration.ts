export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** `3840` → `1 h 04 m`; `95` → `1 m 35 s`; `0` → `0 s`; a negative length gets a leading minus. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const sign = seconds < 0 && whole > 0 ? '-' : '';
  const pad = (value: number) => String(value).padStart(2, '0');
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  if (days > 0) return `${sign}${days} d ${pad(hours)} h`;
  if (hours > 0) return `${sign}${hours} h ${pad(minutes)} m`;
  if (minutes > 0) return `${sign}${minutes} m ${pad(whole % 60)} s`;
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
