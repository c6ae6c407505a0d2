import { expect, it } from 'vitest';
import type { PolicyReplay } from '#monitor/contract';
import { replayWords } from './replay-line.tsx';

const of = (now: number, proposed: number, laterSeconds: number | null): PolicyReplay => {
  const outcome = (downs: number) => ({ downs, downSeconds: 0, episodes: [] });
  const span = { from: '2026-11-01T00:00:00Z', to: '2026-11-29T00:00:00Z', checks: 2 };
  return { ...span, now: outcome(now), proposed: outcome(proposed), spared: 0, laterSeconds };
};

it.each([
  [of(0, 0, null), 'Never down, as now, on 2 checks.'],
  [of(9, 3, 41), 'Down 3 times instead of 9, 41 s later on average, on 2 checks.'],
  [of(9, 0, null), 'Down 0 times instead of 9, on 2 checks.'],
  [of(1, 1, 0.2), 'Down 1 time, as now, at the same moment, on 2 checks.'],
  [of(1, 2, -30), 'Down 2 times instead of 1, 30 s sooner on average, on 2 checks.'],
])('says in words what a policy changes', (replay, words) => {
  expect(replayWords(replay)).toBe(words);
});
