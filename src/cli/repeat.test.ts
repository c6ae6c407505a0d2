import { describe, expect, it } from 'vitest';
import { parseRepeat } from './repeat.ts';

describe('how often, as people write it', () => {
  it.each([
    ['day 22:00', { every: 'day', atTime: '22:00' }],
    ['sun 2:00', { every: 'week', atTime: '02:00', days: [7] }],
    ['Mon,thursday 02:00', { every: 'week', atTime: '02:00', days: [1, 4] }],
    ['month 15 02:00', { every: 'month', atTime: '02:00', on: { day: 15 } }],
    ['month last 02:00', { every: 'month', atTime: '02:00', on: { day: 'last' } }],
    ['month 2 tue 02:00', { every: 'month', atTime: '02:00', on: { nth: 2, weekday: 2 } }],
    ['month last fri 02:00', { every: 'month', atTime: '02:00', on: { nth: 'last', weekday: 5 } }],
  ])('%s', (text, repeat) => {
    expect(parseRepeat(text)).toEqual(repeat);
  });

  it.each(['', 'day', 'sun', '22:00', 'xyz 22:00', 'day 25:00', 'month 22:00', 'month 2 xyz 22:00', 'month 32 22:00'])(
    'not “%s”',
    (text) => {
      expect(parseRepeat(text)).toBeNull();
    },
  );
});
