import { describe, expect, it } from 'vitest';
import { dateAt, fieldInstant, fieldTime, firstInstantOf, minutesAhead, wallOf } from './zone.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Apia',
  'America/Santiago',
];

describe('the clock of a zone', () => {
  it.each(ZONES)('shows in %s what Temporal shows, through every change', (zone) => {
    for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2028, 0, 1); ms += 3_600_000 * 5.5) {
      const wall = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDateTime();
      expect(fieldTime(ms, zone)).toBe(wall.toString({ smallestUnit: 'minute' }));
    }
  });

  it.each(ZONES)('begins each day in %s when Temporal says that it begins', (zone) => {
    const first = Temporal.PlainDate.from('2017-01-01');
    for (let days = 0; days < 4_000; days++) {
      const date = first.add({ days });
      const start = date.toZonedDateTime(zone).startOfDay().epochMilliseconds;
      expect(firstInstantOf(Date.parse(`${date.toString()}T00:00:00Z`), zone), `${date.toString()}`).toBe(start);
    }
  });

  it.each([
    ['in the hour that comes twice', 'Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['in the hour that does not come', 'Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00:00.000Z'],
    ['in the half hour that comes twice', 'Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z'],
    ['on a day whose midnight does not come', 'Asia/Beirut', '2026-03-29T00:00', '2026-03-28T22:00:00.000Z'],
    ['in a jump of two hours', 'Antarctica/Troll', '2026-03-29T01:30', '2026-03-29T01:00:00.000Z'],
  ])('means the first instant of a wall time %s', (_, zone, wall, instant) => {
    expect(new Date(fieldInstant(wall, zone)).toISOString()).toBe(instant);
  });

  it('keeps what a field cannot mean apart', () => {
    expect(fieldInstant('', 'UTC')).toBeNaN();
    expect(fieldInstant('2026-13-40T00:00', 'UTC')).toBeNaN();
  });

  it('knows dates, seconds and how far another clock is', () => {
    const ms = Date.UTC(2026, 10, 28, 23, 30, 15);
    expect(dateAt(ms, 'Asia/Tokyo')).toBe('2026-11-29');
    expect(wallOf(ms, 'UTC')).toBe(ms);
    expect(minutesAhead('Asia/Kathmandu', 'Europe/Berlin', ms)).toBe(285);
    expect(minutesAhead('America/New_York', 'UTC', ms)).toBe(-300);
  });
});
