import type { Connectivity } from './connectivity.ts';
import type { Deadline, DeadlineSweep } from './deadline-sweep.ts';
import type { CheckEngineLog, EngineSetup } from './engine-options.ts';
import type { Registries } from './registries.ts';
import type { ExchangeEnd } from './exchange.ts';
import type { Resolver } from './resolver.ts';
import type { SecureContexts } from './secure-contexts.ts';
import type { Slots } from './slots.ts';
import type { CheckConnection, CheckProgress, CheckSpec, HttpSpec } from './spec.ts';
import type { TargetGuards } from './target-guards.ts';

/** What checks share. */
export interface CheckWorld {
  readonly resolver: Resolver;
  readonly contexts: SecureContexts;
  readonly guards: TargetGuards;
  readonly deadlines: DeadlineSweep;
  readonly connectivity: Connectivity;
  /** Processes of `ping` at once. */
  readonly pings: Slots;
  readonly setup: EngineSetup;
  /** Programs beside this probe that run at once. */
  readonly runs: Slots;
  /** Which registry answers for which domains, once it was asked for. */
  registries: { readonly readAtMs: number; readonly list: Registries } | null;
  /** Browsers at once. */
  readonly journeys: Slots;
  readonly log: CheckEngineLog;
}

/** What is known of a check while it runs; phases are summed over redirects. */
export interface CheckRun<Spec extends CheckSpec = CheckSpec> {
  readonly spec: Spec;
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
  /** How it was asked, where that is not plain HTTP/1.1. */
  connection: CheckConnection | null;
  /** Whether the whole body is wanted, whatever is asserted of it. */
  readonly keepsBody?: boolean;
  /** Who looks on, where somebody does. */
  readonly watch: Watch | null;
  /** To be called when it has waited for its turn. */
  readonly onTurn: () => void;
}

export type Watch = (progress: CheckProgress) => void;
/** Whom a check by hand tells how it goes. */
export type Onlookers = { readonly watch?: Watch | null; readonly onTurn?: () => void };

export type HttpRun = CheckRun<HttpSpec>;

export function isHttpRun(run: CheckRun): run is HttpRun {
  return run.spec.kind === 'http';
}

export function beginRun(
  spec: CheckSpec,
  deadlines: DeadlineSweep,
  { watch = null, onTurn = () => undefined }: Onlookers = {},
): CheckRun {
  const beganMs = performance.now();
  return {
    spec,
    beganMs,
    deadline: deadlines.add(beganMs + spec.timeoutMs),
    phases: { dnsMs: null, tcpMs: null, tlsMs: null, firstByteMs: null, transferMs: null },
    address: null,
    certificateExpiresAtMs: null,
    connection: null,
    watch,
    onTurn,
  };
}

/** The same for one HTTP request of several. */
export function beginHttpRun(spec: HttpSpec, deadlines: DeadlineSweep, keepsBody: boolean): HttpRun {
  return { ...beginRun(spec, deadlines), spec, ...(keepsBody ? { keepsBody } : {}) };
}

/** How long one of several addresses may take to accept a connection before the next is tried. */
const CONNECT_SHARE = { minMs: 250, maxMs: 3_000 };

export function connectShareMs(run: CheckRun): number {
  return Math.min(Math.max(run.spec.timeoutMs / 4, CONNECT_SHARE.minMs), CONNECT_SHARE.maxMs);
}

/** A public address accepted a connection, so our own line is not cut. */
export function noteReached(address: string, run: CheckRun, world: CheckWorld): void {
  if (world.guards.verdict(address, run.spec.allowedTargets).class === 'public') world.connectivity.reached();
}

/** Adds what one connection took. */
export function recordExchange(run: CheckRun, end: Omit<ExchangeEnd, 'error' | 'step'>): void {
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
