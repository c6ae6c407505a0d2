import { type Observation, toldObservation, type ToldSource } from '../result/observation.ts';
import { longestRunMs, nextExpected, type Rhythm } from './rhythm.ts';

/** What a job says: that it begins, is done, or failed, or just something to keep. */
export type BeatSignal =
  | { readonly kind: 'start' }
  | { readonly kind: 'log' }
  | { readonly kind: 'success'; readonly exitCode: number | null }
  | { readonly kind: 'failure'; readonly exitCode: number | null };

/** Reads the tail of `/beat/{key}[/start|/fail|/log|/{exitCode}]`; null for anything else. An exit code other than 0 failed. */
export function readSignal(tail: string): BeatSignal | null {
  if (tail === '') return { kind: 'success', exitCode: null };
  if (tail === 'start') return { kind: 'start' };
  if (tail === 'log') return { kind: 'log' };
  if (tail === 'fail') return { kind: 'failure', exitCode: null };
  if (!/^\d{1,3}$/.test(tail) || Number(tail) > 255) return null;
  return { kind: Number(tail) === 0 ? 'success' : 'failure', exitCode: Number(tail) };
}

/** A run between its start and its end. `late`: its end was missed; it is kept so that it can still be measured. */
export type Run = { readonly id: string | null; readonly startedAtMs: number; readonly late: boolean };

export type Pulse = {
  readonly lastBeatAt: Date | null;
  /** When the next beat should come; null while not armed, and while a run is under way. Stays after a miss. */
  readonly expectedAt: Date | null;
  /** When silence counts as failure; null while not armed. */
  readonly dueAt: Date | null;
  /** Oldest first. */
  readonly runs: readonly Run[];
  readonly lastDurationMs: number | null;
};

/** More runs than this at once are not told apart: the oldest is forgotten. */
const RUNS_AT_ONCE = 20;

/**
 * The pulse after a signal. The first one arms it. A run has its longest time to end; with none under way, the rhythm
 * says when the next beat should come, and the grace how late it may be. An end is measured against the start with the
 * same run id, so that runs may overlap; starts without an id follow each other.
 */
export function takeSignal(pulse: Pulse, signal: BeatSignal, runId: string | null, rhythm: Rhythm, at: Date): Pulse {
  if (signal.kind === 'log') return pulse;
  const own = pulse.runs.find(({ id }) => id === runId);
  const others = pulse.runs.filter(({ id }) => id !== runId);
  if (signal.kind === 'start') {
    const runs = [...others, { id: runId, startedAtMs: at.getTime(), late: false }].slice(-RUNS_AT_ONCE);
    return { ...pulse, lastBeatAt: at, expectedAt: null, dueAt: dueOf(runs, null, rhythm), runs };
  }
  const expectedAt = others.some(({ late }) => !late) ? null : nextExpected(rhythm, at);
  return {
    lastBeatAt: at,
    expectedAt,
    dueAt: dueOf(others, expectedAt, rhythm),
    runs: others,
    lastDurationMs: own ? Math.max(0, at.getTime() - own.startedAtMs) : null,
  };
}

/** The pulse after its time was over: runs that took too long are late, those that may go on are waited for. */
export function missBeat(pulse: Pulse, rhythm: Rhythm, now: Date): Pulse {
  const isOver = ({ startedAtMs }: Run) => startedAtMs + longestRunMs(rhythm) <= now.getTime();
  const runs = pulse.runs.map((run) => (isOver(run) ? { ...run, late: true } : run));
  return { ...pulse, dueAt: dueOf(runs, null, rhythm), runs };
}

/** The pulse under another rhythm. What is awaited already stays awaited, unless the times themselves are other ones. */
export function changeRhythm(pulse: Pulse, before: Rhythm, after: Rhythm, now: Date): Pulse {
  if (pulse.dueAt === null) return pulse;
  const same =
    before.cron === after.cron && before.timeZone === after.timeZone && before.periodSeconds === after.periodSeconds;
  const from = after.cron === null ? (pulse.lastBeatAt ?? now) : now;
  const expectedAt = pulse.expectedAt === null || same ? pulse.expectedAt : nextExpected(after, from);
  return { ...pulse, expectedAt, dueAt: dueOf(pulse.runs, expectedAt, after) };
}

/** The pulse after a time in which nobody listened: one more beat is waited for. */
export function waitAnew(pulse: Pulse, rhythm: Rhythm, from: Date): Pulse {
  const expectedAt = nextExpected(rhythm, from);
  return { ...pulse, expectedAt, dueAt: dueOf([], expectedAt, rhythm), runs: [] };
}

/** When the oldest run that is under way began. */
export function runningSince({ runs }: Pick<Pulse, 'runs'>): Date | null {
  const oldest = runs.find(({ late }) => !late);
  return oldest ? new Date(oldest.startedAtMs) : null;
}

function dueOf(runs: readonly Run[], expectedAt: Date | null, rhythm: Rhythm): Date | null {
  const since = runningSince({ runs });
  if (since) return new Date(since.getTime() + longestRunMs(rhythm));
  return expectedAt && new Date(expectedAt.getTime() + rhythm.graceSeconds * 1_000);
}

/** A failed check keeps the end of what the job said: that is where faults stand. */
const EVIDENCE_LENGTH = 2_048;

/** A beat as a check: the run's duration is its time. A start or a log says nothing about success, so it is none. */
export function observeSignal(
  source: ToldSource,
  signal: BeatSignal,
  durationMs: number | null,
  log: string,
): Observation | null {
  if (signal.kind === 'start' || signal.kind === 'log') return null;
  const failed = signal.kind === 'failure';
  const { exitCode } = signal;
  const message = exitCode === null ? 'the job reported a failure' : `the job ended with exit code ${exitCode}`;
  return {
    ...toldObservation(source),
    outcome: failed ? 'down' : 'up',
    totalMs: durationMs ?? 0,
    error: failed ? { kind: 'beat-failed', message } : null,
    evidence: failed && log !== '' ? { headers: [], bodyStart: log.slice(-EVIDENCE_LENGTH) } : null,
  };
}

/** Silence in words. */
export function silenceWords(rhythm: Rhythm, pulse: Pulse): string {
  const since = runningSince(pulse);
  if (since)
    return `the job started at ${since.toISOString()} and did not report its end within ${longestRunMs(rhythm) / 1_000} s`;
  const last = pulse.lastBeatAt?.toISOString() ?? 'never';
  return rhythm.cron === null
    ? `no beat within ${rhythm.periodSeconds} s and ${rhythm.graceSeconds} s of grace; the last one came at ${last}`
    : `no beat at ${pulse.expectedAt?.toISOString()} (${rhythm.cron}, ${rhythm.timeZone}) and in ${rhythm.graceSeconds} s of grace; the last one came at ${last}`;
}

/** Silence as a failed check. */
export function observeSilence(source: ToldSource, message: string): Observation {
  return {
    ...toldObservation(source),
    outcome: 'down',
    totalMs: 0,
    error: { kind: 'beat-missed', message },
    evidence: null,
  };
}
