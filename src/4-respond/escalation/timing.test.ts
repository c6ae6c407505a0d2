import { expect, it } from 'vitest';
import { startOf } from './timing.ts';

const hours = {
  businessHours: { days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' },
  timeZone: 'Europe/Berlin',
  holidays: new Map([['2026-12-25', 'Christmas Day']]),
};

it.each([
  ['a Wednesday morning', '2026-11-25T10:00:00Z', '2026-11-25T10:00:00Z'],
  ['a Wednesday night', '2026-11-25T20:00:00Z', '2026-11-26T08:00:00Z'],
  ['the evening before a holiday', '2026-12-24T18:00:00Z', '2026-12-28T08:00:00Z'],
  ['the noon of a holiday', '2026-12-25T11:00:00Z', '2026-12-28T08:00:00Z'],
  ['a Friday evening', '2026-11-27T18:00:00Z', '2026-11-30T08:00:00Z'],
  ['the night in which clocks go back', '2026-10-24T22:00:00Z', '2026-10-26T08:00:00Z'],
  ['the night in which clocks go forward', '2026-03-28T22:00:00Z', '2026-03-30T07:00:00Z'],
])('holds a business-hours page of %s until the owner’s hours', (_when, now, expected) => {
  expect(startOf('business-hours', hours, new Date(now))).toEqual(new Date(expected));
});

it('starts at once, or never, when the severity says so', () => {
  const night = new Date('2026-11-25T02:00:00Z');
  expect(startOf('now', hours, night)).toEqual(night);
  expect(startOf('none', hours, night)).toBeNull();
});
