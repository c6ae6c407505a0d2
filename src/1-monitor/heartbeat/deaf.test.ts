import { expect, it } from 'vitest';
import { mayHaveBeenMissed } from './deaf.ts';

const at = (text: string) => new Date(`2026-11-23T${text}Z`);
const rhythm = { periodSeconds: 3_600, cron: null, timeZone: null, graceSeconds: 300, maxRunSeconds: null };
const pulse = {
  lastBeatAt: at('10:00:00'),
  expectedAt: at('11:00:00'),
  dueAt: at('11:05:00'),
  runs: [],
  lastDurationMs: null,
};
const running = { ...pulse, runs: [{ id: null, startedAtMs: at('10:20:00').getTime(), late: false }] };

it.each([
  ['we listened all the time', null, false],
  ['we did not listen when it was awaited', { from: at('10:50:00'), until: at('11:10:00') }, true],
  ['we did not listen long before', { from: at('10:10:00'), until: at('10:20:00') }, false],
  ['we did not listen only after it was due', { from: at('11:06:00'), until: at('11:10:00') }, false],
])('when %s', (_name, gap, expected) => expect(mayHaveBeenMissed(pulse, rhythm, gap)).toBe(expected));

it('a run may have ended at any time since its start', () => {
  const gap = { from: at('10:25:00'), until: at('10:30:00') };
  expect(mayHaveBeenMissed(running, rhythm, gap)).toBe(true);
  expect(mayHaveBeenMissed(running, rhythm, { from: at('10:10:00'), until: at('10:19:00') })).toBe(false);
});
