import { describe, expect, it } from 'vitest';
import { observeSignal, observeSilence, readSignal, takeSignal } from './beat.ts';

const at = (text: string) => new Date(`2026-11-23T${text}Z`);
const rhythm = { periodSeconds: 3_600, graceSeconds: 300 };
const still = { lastBeatAt: null, dueAt: null, runningSince: null, lastDurationMs: null };

describe('a beat', () => {
  it.each([
    ['', 'success'],
    ['0', 'success'],
    ['start', 'start'],
    ['fail', 'failure'],
    ['1', 'failure'],
    ['255', 'failure'],
  ])('with the tail "%s" is a %s', (tail, kind) => expect(readSignal(tail)?.kind).toBe(kind));
  it.each(['256', '-1', '1.5', 'stop', '0x1', '1/2'])('with the tail "%s" is none', (tail) =>
    expect(readSignal(tail)).toBeNull(),
  );

  it('arms the heartbeat for a period and the grace', () => {
    expect(takeSignal(still, { kind: 'success' }, rhythm, at('10:00:00')).dueAt).toEqual(at('11:05:00'));
  });
  it('that starts a run gives it the grace, and its end measures it', () => {
    const running = takeSignal(still, { kind: 'start' }, rhythm, at('10:00:00'));
    expect(running.dueAt).toEqual(at('10:05:00'));
    expect(takeSignal(running, { kind: 'success' }, rhythm, at('10:02:30'))).toMatchObject({
      lastDurationMs: 150_000,
      runningSince: null,
    });
  });
  it('is a check unless it only starts', () => {
    const source = { workspaceId: 'ws_1', monitorId: 'mon_1', at: at('10:00:00') };
    expect(observeSignal(source, { kind: 'start' }, null, '')).toBeNull();
    expect(observeSignal(source, { kind: 'success' }, 900, '')).toMatchObject({ outcome: 'up', totalMs: 900 });
    expect(observeSignal(source, { kind: 'failure', reason: 'x' }, null, 'disk full')).toMatchObject({
      outcome: 'down',
      evidence: { bodyStart: 'disk full' },
    });
  });
  it('that never came says what was awaited', () => {
    const source = { workspaceId: 'ws_1', monitorId: 'mon_1', at: at('11:05:00') };
    const silence = observeSilence(source, rhythm, { ...still, lastBeatAt: at('10:00:00') });
    expect(silence.error?.message).toContain('no beat within 3600 s');
    expect(observeSilence(source, rhythm, { ...still, runningSince: at('10:00:00') }).error?.message).toContain(
      'did not report its end',
    );
  });
});
