import { expect, it } from 'vitest';
import { HOUR_MS } from '#kernel/duration.ts';
import { burdenOf, reasonOf } from './burden.ts';
import { suggestSwaps } from './suggest-swaps.ts';

const load = (userName: string, hours: number, interruptions = 0, interruptedNights = 0) => ({
  userName,
  totalSeconds: hours * 3_600,
  interruptions,
  interruptedNights,
});

it('weighs interruptions and broken nights as time', () => {
  expect(burdenOf(load('Ann', 100)) / HOUR_MS).toBe(100);
  expect(burdenOf(load('Ann', 100, 4, 2)) / HOUR_MS).toBe(120);
});

it('says what each of two carried', () => {
  expect(reasonOf(load('Ann', 210.4, 5, 3), load('Bob', 80))).toBe(
    'Ann carried 210 h with 5 interruptions and 3 broken nights, Bob 80 h with no interruption.',
  );
  expect(reasonOf(load('Ann', 0.5, 1, 1), load('Bob', 0))).toBe(
    'Ann carried 30 m with 1 interruption and 1 broken night, Bob 0 h with no interruption.',
  );
});

it('gives a shift of who was woken to who slept, where both were on call as long', () => {
  const shift = { scheduleId: 'sch_1', userId: 'ann', startMs: 0, endMs: 24 * HOUR_MS };
  const ask = (ann: ReturnType<typeof load>) =>
    suggestSwaps({
      pastMs: new Map([
        ['ann', burdenOf(ann)],
        ['bob', burdenOf(load('Bob', 100))],
      ]),
      coming: [shift, { ...shift, userId: 'bob', startMs: 24 * HOUR_MS, endMs: 48 * HOUR_MS }],
      participants: new Map([['sch_1', ['ann', 'bob']]]),
      isAway: () => false,
      most: 1,
    }).map(({ userId, toUserId }) => [userId, toUserId]);
  expect(ask(load('Ann', 100))).toEqual([]);
  expect(ask(load('Ann', 100, 6, 4))).toEqual([['ann', 'bob']]);
});
