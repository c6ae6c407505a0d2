import { expect, it } from 'vitest';
import { burnWords, leftWords, minutesWords } from './slo-words.ts';

it.each([
  [0, '0x'],
  [15.27, '15.2x'],
  [1_234.5, '1234x'],
])('a burn rate of %d is %s', (rate, words) => expect(burnWords(rate)).toBe(words));
it.each([
  [1_992, '33 m'],
  [-90, 'none, 1 m 30 s over'],
])('%d seconds are left: %s', (seconds, words) => expect(leftWords(seconds)).toBe(words));
it.each([
  [5, '5 min'],
  [360, '6 h'],
  [4_320, '3 d'],
])('%d minutes are %s', (minutes, words) => expect(minutesWords(minutes)).toBe(words));
