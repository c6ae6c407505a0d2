import { expect, it } from 'vitest';
import { nextNight } from './renew-coverage.ts';

it.each([
  ['2026-11-28T00:30:00Z', 'Europe/Berlin', '2026-11-28T01:00:00.000Z'],
  ['2026-11-28T01:00:00Z', 'Europe/Berlin', '2026-11-29T01:00:00.000Z'],
  // Two o'clock is skipped that night; the first instant after it counts.
  ['2026-03-28T12:00:00Z', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ['2026-11-28T12:00:00Z', 'Pacific/Chatham', '2026-11-28T12:15:00.000Z'],
])('%s in %s: the next look is at %s', (now, zone, expected) => {
  expect(nextNight(new Date(now), zone).toISOString()).toBe(expected);
});
