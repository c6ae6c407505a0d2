import { expect, it } from 'vitest';
import { interruptionsOf } from './interruptions.ts';

const hours = {
  businessHours: { days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' },
  timeZone: 'Europe/Berlin',
  holidays: new Map([['2026-11-18', 'Day of Prayer and Repentance']]),
};
const of = (...times: string[]) =>
  interruptionsOf(
    times.map((time) => new Date(`2026-11-${time}:00Z`)),
    hours,
  );

it.each([
  ['a page at work interrupts nothing', ['25T09:00'], { pages: 1, outsideHours: 0, nights: 0 }],
  ['one in the evening does, but wakes nobody', ['25T19:00'], { pages: 1, outsideHours: 1, nights: 0 }],
  ['one on a free day does', ['28T11:00'], { pages: 1, outsideHours: 1, nights: 0 }],
  ['one on a holiday does', ['18T11:00'], { pages: 1, outsideHours: 1, nights: 0 }],
  ['a night goes on past midnight', ['25T22:30', '26T01:00', '26T05:59'], { pages: 3, outsideHours: 3, nights: 1 }],
  ['and ends at seven by their clock', ['26T06:00'], { pages: 1, outsideHours: 1, nights: 0 }],
  ['two nights are two', ['25T22:30', '26T22:30'], { pages: 2, outsideHours: 2, nights: 2 }],
  [
    'what follows at once is one interruption',
    ['26T01:00', '26T01:09', '26T01:18'],
    { pages: 3, outsideHours: 1, nights: 1 },
  ],
] as const)('%s', (_, times, expected) => expect(of(...times)).toEqual(expected));
