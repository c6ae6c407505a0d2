import { describe, expect, it } from 'vitest';
import { nextMorning } from './snooze.ts';

describe('the next morning', () => {
  it.each([
    [new Date(2026, 10, 25, 22, 30), new Date(2026, 10, 26, 9)],
    [new Date(2026, 10, 25, 3, 0), new Date(2026, 10, 25, 9)],
    [new Date(2026, 10, 25, 8, 30), new Date(2026, 10, 26, 9)],
    [new Date(2026, 11, 31, 9, 0), new Date(2027, 0, 1, 9)],
  ])('after %s is %s', (now, at) => expect(nextMorning(now)).toEqual(at));
});
