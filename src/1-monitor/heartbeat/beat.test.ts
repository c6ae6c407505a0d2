import { describe, expect, it } from 'vitest';
import {
  type BeatSignal,
  changeRhythm,
  missBeat,
  observeSignal,
  type Pulse,
  readSignal,
  runningSince,
  silenceWords,
  takeSignal,
} from './beat.ts';
import type { Rhythm } from './rhythm.ts';

const at = (text: string) => new Date(`2026-11-23T${text}Z`);
const hourly: Rhythm = { periodSeconds: 3_600, cron: null, timeZone: null, graceSeconds: 300, maxRunSeconds: null };
const nightly: Rhythm = {
  ...hourly,
  periodSeconds: 86_400,
  cron: '30 2 * * *',
  timeZone: 'Europe/Berlin',
  graceSeconds: 600,
};
const still: Pulse = { lastBeatAt: null, expectedAt: null, dueAt: null, runs: [], lastDurationMs: null };
const start: BeatSignal = { kind: 'start' };
const success: BeatSignal = { kind: 'success', exitCode: null };

type Step = readonly [time: string, signal: BeatSignal, runId?: string];
const play = (steps: readonly Step[], rhythm = hourly, pulse = still) =>
  steps.reduce((now, [time, signal, runId]) => takeSignal(now, signal, runId ?? null, rhythm, at(time)), pulse);

describe('a beat', () => {
  it.each([
    ['', 'success'],
    ['0', 'success'],
    ['start', 'start'],
    ['log', 'log'],
    ['fail', 'failure'],
    ['1', 'failure'],
    ['255', 'failure'],
  ])('with the tail "%s" is a %s', (tail, kind) => expect(readSignal(tail)?.kind).toBe(kind));
  it.each(['256', '-1', '1.5', 'stop', '0x1', '1/2'])('with the tail "%s" is none', (tail) =>
    expect(readSignal(tail)).toBeNull(),
  );

  it('arms the heartbeat for a period and the grace', () => {
    expect(play([['10:00:00', success]])).toMatchObject({ expectedAt: at('11:00:00'), dueAt: at('11:05:00') });
  });
  it('arms it for the next time of its cron expression', () => {
    const next = new Date('2026-11-24T01:30:00Z');
    expect(play([['01:31:00', success]], nightly)).toMatchObject({
      expectedAt: next,
      dueAt: new Date(next.getTime() + 600_000),
    });
  });
  it('that comes seconds before its time, by a clock that is fast, counts for that time', () => {
    expect(play([['01:29:55', success]], nightly).expectedAt).toEqual(new Date('2026-11-24T01:30:00Z'));
  });
  it('that starts a run gives it the grace, and its end measures it', () => {
    const running = play([['10:00:00', start]]);
    expect(running).toMatchObject({ expectedAt: null, dueAt: at('10:05:00') });
    expect(runningSince(running)).toEqual(at('10:00:00'));
    expect(play([['10:02:30', success]], hourly, running)).toMatchObject({ lastDurationMs: 150_000, runs: [] });
  });
  it('gives a run its longest time where that is said', () => {
    expect(play([['10:00:00', start]], { ...hourly, maxRunSeconds: 7_200 }).dueAt).toEqual(at('12:00:00'));
  });
  it('measures runs that overlap each by its own start, and waits for the one that still goes on', () => {
    const both = play([
      ['10:00:00', start, 'a'],
      ['10:01:00', start, 'b'],
      ['10:03:00', success, 'b'],
    ]);
    expect(both).toMatchObject({ lastDurationMs: 120_000, expectedAt: null, dueAt: at('10:05:00') });
    expect(play([['10:04:00', success, 'a']], hourly, both)).toMatchObject({
      lastDurationMs: 240_000,
      expectedAt: at('11:04:00'),
    });
  });
  it('with a run id that never started is not measured', () => {
    expect(
      play([
        ['10:00:00', start, 'a'],
        ['10:01:00', success, 'c'],
      ]).lastDurationMs,
    ).toBeNull();
  });
  it('of a run whose end was missed still measures it', () => {
    const missed = missBeat(play([['10:00:00', start]]), hourly, at('10:05:00'));
    expect(missed).toMatchObject({ dueAt: null });
    expect(runningSince(missed)).toBeNull();
    expect(play([['10:30:00', success]], hourly, missed)).toMatchObject({
      lastDurationMs: 1_800_000,
      dueAt: at('11:35:00'),
    });
  });
  it('that is a log changes nothing', () => {
    expect(play([['10:00:00', { kind: 'log' }]])).toEqual(still);
  });
  it('forgets the oldest of too many runs', () => {
    const steps = Array.from({ length: 30 }, (_, index): Step => ['10:00:00', start, `run-${index}`]);
    expect(play(steps).runs.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `run-${index + 10}`));
  });
  it('is a check unless it starts or logs', () => {
    const source = { workspaceId: 'ws_1', monitorId: 'mon_1', at: at('10:00:00') };
    expect(observeSignal(source, start, null, '')).toBeNull();
    expect(observeSignal(source, { kind: 'log' }, null, 'x')).toBeNull();
    expect(observeSignal(source, success, 900, '')).toMatchObject({ outcome: 'up', totalMs: 900 });
    expect(observeSignal(source, { kind: 'failure', exitCode: 3 }, null, 'disk full')).toMatchObject({
      outcome: 'down',
      error: { message: 'the job ended with exit code 3' },
      evidence: { bodyStart: 'disk full' },
    });
  });
  it('that never came says what was awaited', () => {
    expect(silenceWords(hourly, { ...still, lastBeatAt: at('10:00:00') })).toContain('no beat within 3600 s');
    expect(silenceWords(hourly, play([['10:00:00', start]]))).toContain('did not report its end within 300 s');
    expect(silenceWords(nightly, play([['01:31:00', success]], nightly))).toContain(
      'no beat at 2026-11-24T01:30:00.000Z (30 2 * * *, Europe/Berlin)',
    );
  });
});

describe('another rhythm', () => {
  const armed = play([['10:00:00', success]]);
  it('by a period counts from the last beat', () => {
    const changed = changeRhythm(armed, hourly, { ...hourly, periodSeconds: 7_200 }, at('10:30:00'));
    expect(changed).toMatchObject({ expectedAt: at('12:00:00'), dueAt: at('12:05:00') });
  });
  it('by cron counts from now, so that nothing is missed that was never asked for', () => {
    const cron = { ...nightly, cron: '0 11 * * *', timeZone: 'UTC' };
    expect(changeRhythm(armed, hourly, cron, at('11:30:00')).expectedAt).toEqual(new Date('2026-11-24T11:00:00Z'));
  });
  it('with only another grace keeps what is expected', () => {
    const changed = changeRhythm(armed, hourly, { ...hourly, graceSeconds: 60 }, at('10:30:00'));
    expect(changed).toMatchObject({ expectedAt: at('11:00:00'), dueAt: at('11:01:00') });
  });
  it('arms nothing that has not beaten', () => {
    expect(changeRhythm(still, hourly, nightly, at('10:00:00'))).toEqual(still);
  });
});
