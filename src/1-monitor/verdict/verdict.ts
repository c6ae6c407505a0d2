import type { Outcome } from '../result/contract.ts';

/** Several checks make a verdict: `failures` bad ones in a row, `recoveries` good ones in a row. */
export type ConfirmPolicy = { readonly failures: number; readonly recoveries: number };

type Known = 'up' | 'degraded' | 'down';
type Run = { readonly count: number; readonly sinceMs: number };
/** Runs towards leaving the state: at least down, at least degraded, at most degraded, up. */
type Runs = { readonly down?: Run; readonly impaired?: Run; readonly answered?: Run; readonly up?: Run };

/**
 * What is held of a monitor between two checks. `known` is the last state that was proved; `unknown` counts checks
 * that could not tell. JSON, stored as it is.
 */
export type Verdict = {
  readonly state: Known | 'unknown';
  readonly sinceMs: number;
  readonly known: Known | null;
  readonly runs: Runs;
  readonly unknown: Run | null;
  /** When the last few faults began, for those that come and go too often. */
  readonly faults?: readonly number[];
  /** Of one place among several: its first word is still to come, and the others wait for it. */
  readonly awaited?: true;
};

export type Observed = { readonly outcome: Outcome; readonly atMs: number };

/** Nothing was checked yet. */
export function freshVerdict(sinceMs: number): Verdict {
  return { state: 'unknown', sinceMs, known: null, runs: {}, unknown: null };
}

/** The same of one place among several, whose first word the others wait for. */
export function awaitedVerdict(sinceMs: number): Verdict {
  return { ...freshVerdict(sinceMs), awaited: true };
}

/** A place that did not say anything in time: the others decide without it. */
export function giveUpOn(verdict: Verdict): Verdict {
  const { awaited: _, ...rest } = verdict;
  return rest;
}

/** Whether no run is unfinished, so that an outcome equal to the state changes nothing. */
export function isSettled(verdict: Verdict): boolean {
  return verdict.unknown === null && Object.keys(verdict.runs).length === 0;
}

/**
 * The verdict after one more check, in the order of their times.
 * - Worse needs `failures` checks in a row that are at least that bad; better needs `recoveries` that are at least that
 *   good. The new state begins with the first check of that run, never before the state it ends.
 * - The first answer ever counts at once; a first failure does not.
 * - `unknown` neither makes nor breaks a run, and becomes the state after `failures` in a row. It ends with a check that
 *   agrees with what was known, or with a finished run.
 */
export function advance(verdict: Verdict, observed: Observed, policy: ConfirmPolicy): Verdict {
  return observed.outcome === 'unknown'
    ? advanceUnknown(verdict, observed.atMs, policy)
    : advanceKnown(verdict, observed.outcome, observed.atMs, policy);
}

/** Nobody looked from `sinceMs` on: unknown at once, with what was known kept for the return. */
export function lostSight(verdict: Verdict, sinceMs: number): Verdict {
  if (verdict.state === 'unknown') return verdict;
  return { ...verdict, state: 'unknown', sinceMs: Math.max(sinceMs, verdict.sinceMs), unknown: null };
}

function advanceUnknown(verdict: Verdict, atMs: number, policy: ConfirmPolicy): Verdict {
  if (verdict.state === 'unknown') return verdict;
  const unknown = longer(verdict.unknown ?? undefined, atMs);
  return unknown.count >= policy.failures ? lostSight(verdict, unknown.sinceMs) : { ...verdict, unknown };
}

function advanceKnown(verdict: Verdict, outcome: Known, atMs: number, policy: ConfirmPolicy): Verdict {
  const runs: Runs = {
    ...(outcome === 'down' ? { down: longer(verdict.runs.down, atMs) } : {}),
    ...(outcome === 'up' ? {} : { impaired: longer(verdict.runs.impaired, atMs) }),
    ...(outcome === 'down' ? {} : { answered: longer(verdict.runs.answered, atMs) }),
    ...(outcome === 'up' ? { up: longer(verdict.runs.up, atMs) } : {}),
  };
  const proved = conclude(verdict.known, outcome, atMs, runs, policy);
  if (proved) {
    return settle({
      ...proved,
      sinceMs: Math.max(proved.sinceMs, verdict.sinceMs),
      known: proved.state,
      runs,
      unknown: null,
    });
  }
  const returns = verdict.state === 'unknown' && outcome === verdict.known;
  const base = returns ? { ...verdict, state: outcome, sinceMs: Math.max(atMs, verdict.sinceMs) } : verdict;
  return settle({ ...base, runs, unknown: null });
}

/** The state that the runs prove, if it differs from the known one. */
function conclude(known: Known | null, outcome: Known, atMs: number, runs: Runs, policy: ConfirmPolicy) {
  const finished = (state: Known, run: Run | undefined, needed: number) =>
    run && run.count >= needed ? { state, sinceMs: run.sinceMs } : null;
  switch (known) {
    case null:
      return outcome === 'down' ? finished('down', runs.down, policy.failures) : { state: outcome, sinceMs: atMs };
    case 'up':
      return finished('down', runs.down, policy.failures) ?? finished('degraded', runs.impaired, policy.failures);
    case 'degraded':
      return finished('down', runs.down, policy.failures) ?? finished('up', runs.up, policy.recoveries);
    case 'down':
      return finished('up', runs.up, policy.recoveries) ?? finished('degraded', runs.answered, policy.recoveries);
    default:
      return known satisfies never;
  }
}

/** Keeps only the runs that lead away from the known state, so that a steady monitor carries nothing. */
function settle(verdict: Verdict): Verdict {
  const { down, impaired, answered, up } = verdict.runs;
  const runs: Runs = {
    ...(verdict.known !== 'down' && down ? { down } : {}),
    ...(verdict.known === 'up' && impaired ? { impaired } : {}),
    ...(verdict.known === 'down' && answered ? { answered } : {}),
    ...((verdict.known === 'down' || verdict.known === 'degraded') && up ? { up } : {}),
  };
  return { ...verdict, runs };
}

function longer(run: Run | undefined, atMs: number): Run {
  return run ? { count: run.count + 1, sinceMs: run.sinceMs } : { count: 1, sinceMs: atMs };
}
