import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Connectivity } from './connectivity.ts';

let answers = true;
let connectivity: Connectivity;

beforeEach(() => {
  vi.useFakeTimers();
  answers = true;
  connectivity = new Connectivity(() => (answers ? Promise.resolve(true) : new Promise(() => {})));
});
afterEach(() => void vi.useRealTimers());

async function isCutOff(): Promise<boolean> {
  const asked = connectivity.isCutOff();
  await vi.advanceTimersByTimeAsync(1_100);
  return asked;
}

it('holds us to be cut off when a witness that answered before is silent', async () => {
  await connectivity.prepare();
  expect(await isCutOff()).toBe(false);
  answers = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await isCutOff()).toBe(true);
  answers = true;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await isCutOff()).toBe(false);
});

it('blames the target while anybody public answers', async () => {
  await connectivity.prepare();
  answers = false;
  await vi.advanceTimersByTimeAsync(10_000);
  connectivity.reached();
  expect(await isCutOff()).toBe(false);
});

it('blames the target where the witness never answered: there it proves nothing', async () => {
  answers = false;
  expect(await isCutOff()).toBe(false);
});
