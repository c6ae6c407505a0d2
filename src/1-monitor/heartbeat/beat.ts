import type { Observation } from '../result/observation.ts';
import { NO_PHASES } from '../result/observation.ts';

/** What a job says: that it begins, that it is done, or that it failed. */
export type BeatSignal =
  | { readonly kind: 'start' }
  | { readonly kind: 'success' }
  | { readonly kind: 'failure'; readonly reason: string };

/** Reads the tail of `/beat/{key}[/start|/fail|/{exitCode}]`; null for anything else. An exit code other than 0 failed. */
export function readSignal(tail: string): BeatSignal | null {
  if (tail === '') return { kind: 'success' };
  if (tail === 'start') return { kind: 'start' };
  if (tail === 'fail') return { kind: 'failure', reason: 'the job reported a failure' };
  if (!/^\d{1,3}$/.test(tail) || Number(tail) > 255) return null;
  return Number(tail) === 0
    ? { kind: 'success' }
    : { kind: 'failure', reason: `the job ended with exit code ${Number(tail)}` };
}

export type Rhythm = { readonly periodSeconds: number; readonly graceSeconds: number };
export type Pulse = {
  readonly lastBeatAt: Date | null;
  /** When silence counts as failure; null while not armed. */
  readonly dueAt: Date | null;
  readonly runningSince: Date | null;
  readonly lastDurationMs: number | null;
};

/**
 * The pulse after a signal. The first one arms it. After `/start` the run has the grace to end; any other signal gives
 * the period and the grace until the next, and measures the run that it ends.
 */
export function takeSignal(pulse: Pulse, signal: BeatSignal, rhythm: Rhythm, at: Date): Pulse {
  const later = (seconds: number) => new Date(at.getTime() + seconds * 1_000);
  if (signal.kind === 'start') {
    return { ...pulse, lastBeatAt: at, dueAt: later(rhythm.graceSeconds), runningSince: at };
  }
  const { runningSince } = pulse;
  return {
    lastBeatAt: at,
    dueAt: later(rhythm.periodSeconds + rhythm.graceSeconds),
    runningSince: null,
    lastDurationMs: runningSince ? Math.max(0, at.getTime() - runningSince.getTime()) : null,
  };
}

type Source = { readonly workspaceId: string; readonly monitorId: string; readonly at: Date };

/** A beat as a check: the run's duration is its time. A start alone says nothing about success, so it is none. */
export function observeSignal(
  source: Source,
  signal: BeatSignal,
  durationMs: number | null,
  log: string,
): Observation | null {
  if (signal.kind === 'start') return null;
  const failed = signal.kind === 'failure';
  return {
    ...blank(source),
    outcome: failed ? 'down' : 'up',
    totalMs: durationMs ?? 0,
    error: failed ? { kind: 'beat-failed', message: signal.reason } : null,
    evidence: failed && log !== '' ? { headers: [], bodyStart: log } : null,
  };
}

/** Silence as a failed check. */
export function observeSilence(source: Source, rhythm: Rhythm, pulse: Pulse): Observation {
  const last = pulse.lastBeatAt?.toISOString() ?? 'never';
  const message = pulse.runningSince
    ? `the job started at ${pulse.runningSince.toISOString()} and did not report its end within ${rhythm.graceSeconds} s`
    : `no beat within ${rhythm.periodSeconds} s and ${rhythm.graceSeconds} s of grace; the last one came at ${last}`;
  return { ...blank(source), outcome: 'down', totalMs: 0, error: { kind: 'beat-missed', message }, evidence: null };
}

function blank({ workspaceId, monitorId, at }: Source) {
  return {
    workspaceId,
    monitorId,
    dueAtMs: at.getTime(),
    startedAtMs: at.getTime(),
    latenessMs: 0,
    phases: NO_PHASES,
    status: null,
    address: null,
    certificateExpiresAtMs: null,
    failures: [],
  };
}
