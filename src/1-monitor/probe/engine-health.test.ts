import { describe, expect, it } from 'vitest';
import { type EngineHealth, judgeEngine, UNKNOWN_HEALTH } from './engine-health.ts';

const look = (latenessP99Ms: number, resultsDropped = 0) => ({ latenessP99Ms, resultsDropped });
const after = (looks: readonly ReturnType<typeof look>[], from: EngineHealth = UNKNOWN_HEALTH) =>
  looks.reduce(judgeEngine, from);
const times = <Value>(count: number, value: Value) => Array.from({ length: count }, () => value);

describe('the engine of a process', () => {
  it('is well after two good minutes, and before that nothing is known', () => {
    expect(after(times(7, look(5))).state).toBeNull();
    expect(after(times(8, look(5))).state).toBe('well');
  });
  it('is late after a minute of lateness, not after one slow moment', () => {
    expect(after([...times(8, look(5)), ...times(3, look(1_500))]).state).toBe('well');
    expect(after([...times(8, look(5)), ...times(3, look(1_500)), look(5), look(1_500)]).state).toBe('well');
    expect(after([...times(8, look(5)), ...times(4, look(1_500))]).state).toBe('late');
  });
  it('stays late until it was good for two minutes', () => {
    const late = after(times(4, look(1_500)));
    expect(after(times(7, look(5)), late).state).toBe('late');
    expect(after(times(8, look(5)), late).state).toBe('well');
  });
  it('loses results from the first one on; one that was started again counts from zero', () => {
    const losing = after([look(5), look(5, 3)]);
    expect(losing.state).toBe('losing');
    expect(after(times(5, look(1_500, 3)), losing).state).toBe('losing');
    expect(after(times(8, look(5, 0)), losing).state).toBe('well');
    expect(after([look(5, 0), look(5, 1)], losing).state).toBe('losing');
  });
});
