import { expect, it } from 'vitest';
import { HOUR_MS } from '#kernel/duration.ts';
import { type ComingShift, suggestSwaps, type SwapQuestion } from './suggest-swaps.ts';

const shift = (userId: string, from: number, to: number): ComingShift => ({
  scheduleId: 'sch_1',
  userId,
  startMs: from * HOUR_MS,
  endMs: to * HOUR_MS,
});
const ask = (change: Partial<SwapQuestion> = {}) =>
  suggestSwaps({
    pastMs: new Map([
      ['ann', 200 * HOUR_MS],
      ['bob', 80 * HOUR_MS],
      ['cid', 120 * HOUR_MS],
    ]),
    coming: [shift('ann', 0, 24), shift('bob', 24, 48), shift('cid', 48, 72), shift('ann', 72, 96)],
    participants: new Map([['sch_1', ['ann', 'bob', 'cid']]]),
    isAway: () => false,
    most: 1,
    ...change,
  }).map(({ userId, toUserId, startMs, evensOutMs }) => [userId, toUserId, startMs / HOUR_MS, evensOutMs / HOUR_MS]);

it('gives a shift of who carries most to who carries least', () => {
  expect(ask()).toEqual([['ann', 'bob', 0, 48]]);
});
it('goes on as if the first were done', () => {
  expect(ask({ most: 3 })).toEqual([
    ['ann', 'bob', 0, 48],
    ['ann', 'bob', 72, 48],
  ]);
});
it('leaves alone what has begun', () => {
  const begun = { ...shift('ann', 0, 24), isFixed: true };
  expect(ask({ coming: [begun, shift('ann', 72, 96)] })).toEqual([['ann', 'bob', 72, 48]]);
});
it('asks nobody who is away or on call then', () => {
  expect(ask({ isAway: (userId) => userId === 'bob' })).toEqual([['ann', 'cid', 0, 48]]);
  const participants = new Map([['sch_1', ['ann', 'bob']]]);
  expect(ask({ participants, coming: [shift('ann', 0, 24), shift('bob', 12, 18)] })).toEqual([]);
});
it('suggests nothing where nothing would even out', () => {
  const even = new Map(['ann', 'bob', 'cid'].map((userId) => [userId, 100 * HOUR_MS]));
  expect(ask({ pastMs: even, coming: [shift('ann', 0, 24), shift('bob', 24, 48), shift('cid', 48, 72)] })).toEqual([]);
  expect(ask({ participants: new Map() })).toEqual([]);
});
