import { CHECK_LIMITS } from '../check/limits.ts';
import type { CheckPhases, CheckResult } from '../check/spec.ts';
import type { Evidence, Outcome, StepRun } from './contract.ts';

/** One check as it is stored: an engine's `CheckResult`, or what a beat (or its absence) says. */
export type Observation = Omit<CheckResult, 'error' | 'outcome' | 'failures' | 'steps'> & {
  readonly outcome: Outcome;
  /** From where it was asked; nothing = from here. */
  readonly locationId?: string;
  /** For people. */
  readonly locationName?: string;
  readonly failures: readonly { readonly expected: string; readonly got: string }[];
  readonly error: { readonly kind: string; readonly message: string } | null;
  /** Of a check that is made in steps. */
  readonly steps?: CheckResult['steps'] | undefined;
  /** Under which its artefacts are kept. */
  readonly artefactId?: string;
};

export const NO_PHASES: CheckPhases = { dnsMs: null, tcpMs: null, tlsMs: null, firstByteMs: null, transferMs: null };

export type ToldSource = { readonly workspaceId: string; readonly monitorId: string; readonly at: Date };

/** What every check has in common that nobody asked for: it was told to us at one moment. */
export function toldObservation({ workspaceId, monitorId, at }: ToldSource) {
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

/** What is kept of a check that was not up. Without `whole`, the answer's headers and body are left out. */
export function evidenceOf(seen: Observation, whole = true): Evidence {
  return {
    checkedAt: new Date(seen.startedAtMs).toISOString(),
    outcome: seen.outcome,
    ...(seen.locationName === undefined ? {} : { location: seen.locationName }),
    summary: storable(summaryOf(seen)),
    failures: seen.failures.map(({ expected, got }) => ({ expected: storable(expected), got: storable(got) })),
    error: seen.error ? { kind: seen.error.kind, message: storable(shortMessage(seen.error.message)) } : null,
    status: seen.status,
    address: seen.address,
    totalMs: Math.max(0, seen.totalMs),
    phases: { ...seen.phases },
    certificateExpiresAt:
      seen.certificateExpiresAtMs === null ? null : new Date(seen.certificateExpiresAtMs).toISOString(),
    headers:
      whole && seen.evidence ? seen.evidence.headers.map(([name, value]) => [storable(name), storable(value)]) : [],
    bodyStart: whole ? storable(seen.evidence?.bodyStart ?? '') : '',
    ...(seen.steps ? { steps: stepsOf(seen.steps) } : {}),
    ...(seen.connection === undefined ? {} : { connection: { ...seen.connection } }),
    ...artefactsOf(seen),
  };
}

function artefactsOf({ artefactId: id, artefacts, monitorId }: Observation): Pick<Evidence, 'artefacts'> {
  if (id === undefined || artefacts === undefined) return {};
  const { picture, trace } = artefacts;
  return { artefacts: { id, monitorId, picture: picture !== null, trace: trace !== null } };
}

/** The steps of a check as they are kept and shown: bounded. */
export function stepsOf(steps: NonNullable<Observation['steps']>): StepRun[] {
  const short = (text: string) => storable(text.slice(0, CHECK_LIMITS.stepTextLength));
  return steps.slice(0, CHECK_LIMITS.stepRuns).map((step) => ({
    name: storable(step.name.slice(0, CHECK_LIMITS.stepNameLength)),
    outcome: step.outcome,
    startedMs: Math.max(0, step.startedMs),
    tookMs: Math.max(0, step.tookMs),
    status: step.status,
    phases: step.phases && { ...step.phases },
    failures: step.failures.map(({ expected, got }) => ({ expected: short(expected), got: short(got) })),
    error: step.error && { kind: step.error.kind, message: short(step.error.message) },
    values: step.values
      .slice(0, CHECK_LIMITS.stepValues)
      .map(([name, value]) => [storable(name), storable(value.slice(0, CHECK_LIMITS.stepValueLength))]),
  }));
}

function shortMessage(message: string): string {
  return message.slice(0, CHECK_LIMITS.errorTextLength);
}

/** Targets send anything; PostgreSQL takes neither NUL nor half a character. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function summaryOf(seen: Observation): string {
  const [first, ...more] = seen.failures;
  if (seen.error) return shortMessage(seen.error.message);
  if (first) return `expected ${first.expected}, got ${first.got}${more.length > 0 ? `, and ${more.length} more` : ''}`;
  return seen.outcome === 'degraded' ? `slow: ${Math.round(seen.totalMs)} ms` : seen.outcome;
}
