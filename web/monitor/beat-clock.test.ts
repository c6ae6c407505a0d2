import { expect, it } from 'vitest';
import type { BeatClock } from '#monitor/contract';
import { beatWords } from './beat-clock.tsx';

const at = (text: string) => `2026-11-25T${text}Z`;
const still: BeatClock = {
  periodSeconds: 3_600,
  cron: null,
  timeZone: null,
  graceSeconds: 900,
  lastBeatAt: null,
  expectedAt: null,
  dueAt: null,
  runningSince: null,
};
const armed = { ...still, lastBeatAt: at('09:00:00'), expectedAt: at('10:00:00'), dueAt: at('10:15:00') };
const missed = { ...armed, dueAt: null };
const running = { ...still, runningSince: at('09:58:00'), dueAt: at('10:13:00') };

it.each([
  ['nothing before the first beat', still, '09:00:00', undefined],
  ['what is to come', armed, '09:57:00', 'expected in 3 m'],
  ['that it is late', armed, '10:02:00', 'late by 2 m, grace ends in 13 m'],
  ['that it did not come', missed, '12:00:00', 'was expected 2 h 00 m ago'],
  ['that it runs', running, '10:00:00', 'running, to end within 13 m'],
])('says %s', (_name, clock, now, text) => expect(beatWords(clock, new Date(at(now)))?.text).toBe(text));
