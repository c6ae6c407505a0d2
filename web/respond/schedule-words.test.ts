import { expect, it } from 'vitest';
import { hoursWords } from './schedule-words.ts';

const stretch = (days: number[], start: string, end: string) => ({ days, start, end });
const everyDay = [1, 2, 3, 4, 5, 6, 7];

it.each([
  [[stretch([1, 2, 3, 4, 5], '09:00', '17:00')], 'Mon–Fri 09:00–17:00'],
  [[stretch([7, 6], '00:00', '24:00')], 'Sat, Sun all day'],
  [[stretch([1, 2, 3, 5], '22:00', '06:00')], 'Mon–Wed, Fri 22:00–06:00'],
  [[stretch(everyDay, '08:00', '20:00')], 'daily 08:00–20:00'],
  [[stretch([1], '09:00', '10:00'), stretch([2], '09:00', '11:00')], 'Mon 09:00–10:00, Tue 09:00–11:00'],
  [[1, 2, 3, 4].map((day) => stretch([day], '09:00', '10:00')), 'in 4 stretches of the week'],
])('says when a layer is limited to %j', (restrictions, words) => {
  expect(hoursWords(restrictions)).toBe(words);
});
