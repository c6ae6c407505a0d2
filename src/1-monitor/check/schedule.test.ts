import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gridPhaseMs } from './grid.ts';
import { Schedule } from './schedule.ts';

const START_MS = Date.UTC(2026, 10, 23, 12);
let calls: { id: string; dueAtMs: number; atMs: number }[] = [];
let schedule: Schedule;

beforeEach(() => {
  vi.useFakeTimers({ now: START_MS });
  calls = [];
  schedule = new Schedule((id, dueAtMs) => calls.push({ id, dueAtMs, atMs: Date.now() }));
});
afterEach(() => {
  schedule.stop();
  vi.useRealTimers();
});

it('calls every monitor on each point of its grid, on time', () => {
  for (let index = 0; index < 100; index += 1) schedule.set(`mon_${index}`, { intervalMs: 1_000 + index * 10 });
  vi.advanceTimersByTime(20_000);
  for (let index = 0; index < 100; index += 1) {
    const [id, intervalMs] = [`mon_${index}`, 1_000 + index * 10];
    const own = calls.filter((call) => call.id === id);
    expect(own.length).toBeGreaterThanOrEqual(Math.floor(20_000 / intervalMs) - 1);
    for (const { dueAtMs, atMs } of own) {
      expect((dueAtMs - gridPhaseMs(id, intervalMs)) % intervalMs).toBe(0);
      expect(Math.abs(atMs - dueAtMs)).toBeLessThanOrEqual(6);
    }
    expect(new Set(own.map((call) => call.dueAtMs)).size).toBe(own.length);
  }
});

it('starts a new monitor at once and then on its grid', () => {
  schedule.set('mon_new', { intervalMs: 10_000 }, START_MS);
  vi.advanceTimersByTime(20_010);
  expect(calls[0]?.dueAtMs).toBe(START_MS);
  expect(calls.slice(1).map((call) => (call.dueAtMs - gridPhaseMs('mon_new', 10_000)) % 10_000)).toEqual([0, 0]);
});

it('forgets what was removed or replaced', () => {
  schedule.set('mon_a', { intervalMs: 1_000 });
  schedule.set('mon_b', { intervalMs: 1_000 });
  schedule.remove('mon_a');
  schedule.set('mon_b', { intervalMs: 5_000 });
  vi.advanceTimersByTime(10_000);
  expect(calls.map((call) => call.id)).toEqual(['mon_b', 'mon_b']);
});

it.each([-3_600_000, 3_600_000])('goes on when the clock is set by %d ms, without a rush', (jumpMs) => {
  schedule.set('mon_a', { intervalMs: 10_000 });
  vi.advanceTimersByTime(15_000);
  const before = calls.length;
  vi.setSystemTime(Date.now() + jumpMs);
  vi.advanceTimersByTime(30_000);
  expect(calls.length - before).toBeGreaterThanOrEqual(2);
  expect(calls.length - before).toBeLessThanOrEqual(4);
});
