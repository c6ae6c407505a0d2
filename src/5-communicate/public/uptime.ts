import type { PublicDay } from './page.ts';

type Counted = Pick<PublicDay, 'downSeconds' | 'observedSeconds'>;

/**
 * The share of observed time without an outage, 0 to 1, rounded down to four decimals, so that the page never claims
 * more than it measured: one lost second in 90 days is not 100 %. Null when nothing was observed.
 */
export function uptimeOf(days: readonly Counted[]): number | null {
  const observed = days.reduce((sum, day) => sum + day.observedSeconds, 0);
  if (observed <= 0) return null;
  const down = Math.min(
    observed,
    days.reduce((sum, day) => sum + day.downSeconds, 0),
  );
  if (down === 0) return 1;
  return Math.min(9_999, Math.floor(((observed - down) * 10_000) / observed)) / 10_000;
}

/** `0.9991` → `99.91 %`, `1` → `100 %`. Expects what `uptimeOf` gives. */
export function uptimeText(uptime: number | null): string {
  if (uptime === null) return 'not measured yet';
  if (uptime === 1) return '100 %';
  const hundredths = Math.round(uptime * 10_000);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')} %`;
}
