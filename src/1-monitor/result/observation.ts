import type { CheckPhases, CheckResult } from '../check/spec.ts';
import type { Evidence, Outcome } from './contract.ts';

/** One check as it is stored: an engine's `CheckResult`, or what a beat (or its absence) says. */
export type Observation = Omit<CheckResult, 'error' | 'outcome' | 'failures'> & {
  readonly outcome: Outcome;
  /** From where it was asked; nothing = from here. */
  readonly locationId?: string;
  /** For people. */
  readonly locationName?: string;
  readonly failures: readonly { readonly expected: string; readonly got: string }[];
  readonly error: { readonly kind: string; readonly message: string } | null;
};

export const NO_PHASES: CheckPhases = { dnsMs: null, tcpMs: null, tlsMs: null, firstByteMs: null, transferMs: null };

/** What is kept of a check that was not up. Without `whole`, the answer's headers and body are left out. */
export function evidenceOf(seen: Observation, whole = true): Evidence {
  return {
    checkedAt: new Date(seen.startedAtMs).toISOString(),
    outcome: seen.outcome,
    ...(seen.locationName === undefined ? {} : { location: seen.locationName }),
    summary: storable(summaryOf(seen)),
    failures: seen.failures.map(({ expected, got }) => ({ expected: storable(expected), got: storable(got) })),
    error: seen.error ? { kind: seen.error.kind, message: storable(seen.error.message) } : null,
    status: seen.status,
    address: seen.address,
    totalMs: Math.max(0, seen.totalMs),
    phases: { ...seen.phases },
    certificateExpiresAt:
      seen.certificateExpiresAtMs === null ? null : new Date(seen.certificateExpiresAtMs).toISOString(),
    headers:
      whole && seen.evidence ? seen.evidence.headers.map(([name, value]) => [storable(name), storable(value)]) : [],
    bodyStart: whole ? storable(seen.evidence?.bodyStart ?? '') : '',
  };
}

/** Targets send anything; PostgreSQL takes neither NUL nor half a character. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function summaryOf(seen: Observation): string {
  const [first, ...more] = seen.failures;
  if (seen.error) return seen.error.message;
  if (first) return `expected ${first.expected}, got ${first.got}${more.length > 0 ? `, and ${more.length} more` : ''}`;
  return seen.outcome === 'degraded' ? `slow: ${Math.round(seen.totalMs)} ms` : seen.outcome;
}
