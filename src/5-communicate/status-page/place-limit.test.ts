import { expect, it } from 'vitest';
import { createPlaceLimit } from './place-limit.ts';

let nowMs = 0;
const clock = { now: () => new Date(nowMs) };
const at = <Result>(ms: number, act: () => Result): Result => {
  nowMs = ms;
  return act();
};

it('lets a place come so many times in a window, and then again as the window moves on', () => {
  const may = createPlaceLimit({ clock }, { times: 3, windowSeconds: 60 });
  for (const ms of [0, 10_000, 20_000]) expect(at(ms, () => may('a'))).toBe(true);
  expect(at(20_000, () => may('a'))).toBe(false);
  expect(at(59_999, () => may('a'))).toBe(false);
  expect(at(60_001, () => may('a'))).toBe(true);
  expect(at(60_002, () => may('a'))).toBe(false);
});

it('does not hold one place for another, nor callers inside the process', () => {
  const may = createPlaceLimit({ clock }, { times: 1, windowSeconds: 60 });
  expect([may('a'), may('a'), may('b')]).toEqual([true, false, true]);
  expect([may(undefined), may(undefined)]).toEqual([true, true]);
});

it('never remembers more places than its bound', () => {
  const may = createPlaceLimit({ clock }, { times: 1, windowSeconds: 60 });
  may('first');
  for (let n = 0; n < 20_000; n++) may(`p${n}`);
  expect([may('p19999'), may('first')]).toEqual([false, true]);
});
