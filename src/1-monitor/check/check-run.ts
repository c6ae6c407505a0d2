import type { Connectivity } from './connectivity.ts';
import type { Deadline, DeadlineSweep } from './deadline-sweep.ts';
import type { CheckEngineLog } from './engine-options.ts';
import type { ExchangeEnd } from './exchange.ts';
import type { Resolver } from './resolver.ts';
import type { SecureContexts } from './secure-contexts.ts';
import type { CheckSpec } from './spec.ts';
import type { TargetGuards } from './target-guards.ts';

/** What checks share. */
export interface CheckWorld {
  readonly resolver: Resolver;
  readonly contexts: SecureContexts;
  readonly guards: TargetGuards;
  readonly deadlines: DeadlineSweep;
  readonly connectivity: Connectivity;
  readonly log: CheckEngineLog;
}

/** What is known of a check while it runs; phases are summed over redirects. */
export interface CheckRun {
  readonly spec: CheckSpec;
  readonly beganMs: number;
  readonly deadline: Deadline;
  phases: {
    dnsMs: number | null;
    tcpMs: number | null;
    tlsMs: number | null;
    firstByteMs: number | null;
    transferMs: number | null;
  };
  address: string | null;
  certificateExpiresAtMs: number | null;
}

export function beginRun(spec: CheckSpec, deadlines: DeadlineSweep): CheckRun {
  const beganMs = performance.now();
  return {
    spec,
    beganMs,
    deadline: deadlines.add(beganMs + spec.timeoutMs),
    phases: { dnsMs: null, tcpMs: null, tlsMs: null, firstByteMs: null, transferMs: null },
    address: null,
    certificateExpiresAtMs: null,
  };
}

/** Adds what one connection took. */
export function recordExchange(run: CheckRun, end: ExchangeEnd): void {
  const { phases } = run;
  const readyMs = end.securedMs ?? end.connectedMs;
  if (end.connectedMs !== null) phases.tcpMs = (phases.tcpMs ?? 0) + end.connectedMs;
  if (end.connectedMs !== null && end.securedMs !== null)
    phases.tlsMs = (phases.tlsMs ?? 0) + end.securedMs - end.connectedMs;
  if (readyMs !== null && end.firstByteMs !== null)
    phases.firstByteMs = (phases.firstByteMs ?? 0) + end.firstByteMs - readyMs;
  if (end.firstByteMs !== null) phases.transferMs = (phases.transferMs ?? 0) + end.endedMs - end.firstByteMs;
  if (end.certificateExpiresAtMs !== null) run.certificateExpiresAtMs = end.certificateExpiresAtMs;
}

export function remainingMs(run: CheckRun): number {
  return run.beganMs + run.spec.timeoutMs - performance.now();
}
