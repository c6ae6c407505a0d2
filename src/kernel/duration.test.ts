import { describe, expect, it } from 'vitest';
import { addSeconds, formatDuration, secondsBetween } from './duration.ts';

describe('a duration for people', () => {
  it.each([
    [0, '0 s'],
    [41.9, '41 s'],
    [95, '1 m 35 s'],
    [300, '5 m'],
    [599, '9 m 59 s'],
    [601, '10 m'],
    [3_840, '1 h 04 m'],
    [266_400, '3 d 02 h'],
    [-95, '-1 m 35 s'],
    [-0.4, '0 s'],
  ])('of %d seconds reads %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});

describe('instants', () => {
  it('lie as far apart as what was added', () => {
    const at = new Date('2026-11-25T10:00:00Z');
    expect(secondsBetween(at, addSeconds(at, 90))).toBe(90);
  });
});
