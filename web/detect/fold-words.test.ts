import { expect, it } from 'vitest';
import { causeWords, statesWords } from './fold-words.ts';

const live = { open: 380, acknowledged: 20, closed: 0 };
const over = { open: 0, acknowledged: 0, closed: 1 };

it('a row tells of the states that there are', () => {
  expect(statesWords({ states: live })).toBe('380 open, 20 acknowledged');
  expect(statesWords({ states: over })).toBe('1 closed');
});

it('a row says what it explains, and when that is over', () => {
  expect(causeWords({ isCause: true, services: 8, states: live })).toBe('is down; alerts of 8 services lean on it');
  expect(causeWords({ isCause: true, services: 1, states: over })).toBe('was down; alerts of 1 service lean on it');
  expect(causeWords({ isCause: false, services: 1, states: live })).toBeUndefined();
});
