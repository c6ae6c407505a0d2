import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DeadlineSweep, SWEEP_MS } from './deadline-sweep.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('passes each deadline once, never early and at most one bucket late', () => {
  const sweep = new DeadlineSweep();
  const passed: number[] = [];
  for (const inMs of [5, 100, 101, 1_000]) sweep.add(performance.now() + inMs, () => passed.push(inMs));
  const startMs = performance.now();
  for (let step = 0; step < 300; step += 1) {
    vi.advanceTimersByTime(5);
    const elapsedMs = performance.now() - startMs;
    for (const inMs of passed) expect(elapsedMs).toBeGreaterThanOrEqual(inMs);
    for (const inMs of [5, 100, 101, 1_000]) {
      if (elapsedMs >= inMs + 2 * SWEEP_MS) expect(passed.filter((one) => one === inMs)).toHaveLength(1);
    }
  }
  expect(sweep.open).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

it('never passes one that was removed, and passes one that is already over', () => {
  const sweep = new DeadlineSweep();
  const passed: string[] = [];
  const removed = sweep.add(performance.now() + 50, () => passed.push('removed'));
  sweep.add(performance.now() - 1_000, () => passed.push('over'));
  sweep.remove(removed);
  sweep.remove(removed);
  vi.advanceTimersByTime(200);
  expect(passed).toEqual(['over']);
});
