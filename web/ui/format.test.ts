import { describe, expect, it } from 'vitest';
import {
  formatAbsolute,
  formatClock,
  formatDuration,
  formatExact,
  formatMs,
  formatPercent,
  formatRelative,
  formatRunning,
  formatToTheSecond,
  formatUtc,
  initials,
  plural,
} from './format.ts';

const now = new Date('2026-11-23T13:30:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

describe('times and durations', () => {
  it.each([
    [0, '0 s'],
    [59.9, '59 s'],
    [60, '1 m'],
    [3599, '59 m'],
    [3840, '1 h 04 m'],
    [93_600, '1 d 02 h'],
  ])('writes %d seconds as %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it.each([
    [372, '6:12'],
    [3849, '1:04:09'],
    [180_000, '2 d 02 h'],
  ])('runs a clock of %d seconds as %s', (seconds, text) => expect(formatClock(seconds)).toBe(text));

  it('counts what runs in whole minutes after the first', () => {
    expect([41, 95, 3849, -3].map(formatRunning)).toEqual(['41 s', '1 m', '1 h 04 m', '0 s']);
  });

  it('says how long ago and how soon', () => {
    expect(formatRelative(ago(2), now)).toBe('just now');
    expect(formatRelative(ago(275), now)).toBe('4 m ago');
    expect(formatRelative(ago(-720), now)).toBe('in 12 m');
  });

  it('keeps an absolute time as short as it stays clear, in the zone that is asked for', () => {
    expect(formatAbsolute(ago(60), now, 'Europe/Berlin')).toBe('14:29');
    expect(formatAbsolute(ago(86_400), now, 'UTC')).toBe('Sun 13:30');
    expect(formatAbsolute(ago(14 * 86_400), now, 'UTC')).toBe('9 Nov 13:30');
    expect(formatAbsolute(ago(400 * 86_400), now, 'UTC')).toBe('19 Oct 2025');
    expect(formatAbsolute(ago(13 * 3600 + 1800), now, 'Asia/Tokyo')).toBe('09:00');
  });

  it('adds seconds where rows are seconds apart', () => {
    expect(formatToTheSecond(ago(11), now, 'UTC')).toBe('13:29:49');
    expect(formatToTheSecond(ago(86_400), now, 'UTC')).toBe('Sun 13:30:00');
    expect(formatToTheSecond(ago(400 * 86_400), now, 'UTC')).toBe('19 Oct 2025 13:30:00');
  });

  it('gives the zone and UTC when asked exactly', () => {
    expect(formatExact(now, 'Europe/Berlin')).toBe('23 Nov 2026, 14:30:00 CET');
    expect(formatUtc(now)).toBe('2026-11-23 13:30:00 UTC');
  });
});

describe('numbers and names', () => {
  it('rounds uptime down, so that only a clean record reads 100 %', () => {
    expect(formatPercent(0.99999)).toBe('99.99 %');
    expect(formatPercent(1)).toBe('100 %');
    expect(formatPercent(0.9991)).toBe('99.91 %');
    expect(formatPercent(null)).toBe('–');
  });
  it('switches latency to seconds where milliseconds stop being read', () => {
    expect(formatMs(84.4)).toBe('84 ms');
    expect(formatMs(0.4)).toBe('< 1 ms');
    expect(formatMs(2400)).toBe('2.4 s');
    expect(formatMs(12_400)).toBe('12 s');
  });
  it('finds initials in names, addresses and other scripts', () => {
    expect(initials('Priya Raman')).toBe('PR');
    expect(initials('ops@example.org')).toBe('OP');
    expect(initials('Jean-Luc de la Tour')).toBe('JT');
    expect(initials('دانا')).toBe('دا');
    expect(initials('')).toBe('?');
  });
  it('counts in words', () =>
    expect([plural(1, 'monitor'), plural(1204, 'monitor')]).toEqual(['1 monitor', '1,204 monitors']));
});
