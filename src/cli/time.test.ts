import { describe, expect, it } from 'vitest';
import { parseTime } from './time.ts';

/** A Wednesday, 14:18 in Berlin. */
const now = new Date('2026-11-25T13:18:00Z');

describe('times on the command line', () => {
  it.each([
    ['now', '2026-11-25T13:18:00Z'],
    ['2h', '2026-11-25T15:18:00Z'],
    ['in 30 min', '2026-11-25T13:48:00Z'],
    ['2h ago', '2026-11-25T11:18:00Z'],
    ['-1d', '2026-11-24T13:18:00Z'],
    ['18:00', '2026-11-25T17:00:00Z'],
    ['9:00', '2026-11-26T08:00:00Z'],
    ['today 09:00', '2026-11-25T08:00:00Z'],
    ['today', '2026-11-24T23:00:00Z'],
    ['Tomorrow 09:00', '2026-11-26T08:00:00Z'],
    ['mon 09:00', '2026-11-30T08:00:00Z'],
    ['wednesday 09:00', '2026-12-02T08:00:00Z'],
    ['wed 18:00', '2026-11-25T17:00:00Z'],
    ['2026-12-24', '2026-12-23T23:00:00Z'],
    ['2026-12-24 18:00', '2026-12-24T17:00:00Z'],
    ['2026-07-01T18:00', '2026-07-01T16:00:00Z'],
    ['2026-12-24T18:00Z', '2026-12-24T18:00:00Z'],
    ['2026-12-24T18:00:30+02:00', '2026-12-24T16:00:30Z'],
  ])('reads %j', (text, at) => {
    expect(parseTime(text, now, 'Europe/Berlin')).toEqual(new Date(at));
  });

  it.each(['', 'soon', '90', '25:00', '12:60', 'someday 09:00', '2026-13-01', '2026-02-30 10:00', 't 09:00', '2w'])(
    'knows no time %j',
    (text) => {
      expect(parseTime(text, now, 'Europe/Berlin')).toBeNull();
    },
  );
});
