import type { Answer, Asked, Verdict } from './answer.ts';
import { judge, needsBody } from './assertions.ts';
import { type CheckRun, isHttpRun } from './check-run.ts';
import { decodeBody, type DecodeOutcome } from './decode-body.ts';
import { collectEvidence } from './evidence.ts';
import { fault } from './faults.ts';
import { headerValue } from './response-head.ts';
import type { CheckError, CheckOutcome, CheckSpec, OwnFault } from './spec.ts';

const OWN_FAULTS: Readonly<Record<OwnFault, true>> = {
  'target-not-allowed': true,
  resolver: true,
  'no-connectivity': true,
  'out-of-resources': true,
  'not-permitted': true,
  'no-data': true,
  pattern: true,
  'invalid-spec': true,
  proxy: true,
  engine: true,
};

/** Judges what came by what was asked for; the answer as it was read, null where none came. */
export async function conclude(
  { error, received, degraded }: Asked,
  totalMs: number,
  run: CheckRun,
): Promise<{ readonly verdict: Verdict; readonly answer: Answer | null }> {
  if (received === null)
    return { verdict: { outcome: outcomeOf(error), failures: [], error, evidence: null }, answer: null };
  const complete = (run.keepsBody ?? needsBody(run.spec)) && error === null;
  const coding = headerValue(received.headers, 'content-encoding');
  const decoded: DecodeOutcome =
    coding !== null && isHttpRun(run)
      ? await decodeBody(received.body, coding, { maxBytes: run.spec.maxBodyBytes, partial: !complete })
      : { ok: true, body: received.body };
  const answer: Answer = {
    status: received.status,
    headers: received.headers,
    body: decoded.ok ? decoded.body : Buffer.alloc(0),
    totalMs,
    certificateExpiresAtMs: run.certificateExpiresAtMs,
  };
  const wrong = error ?? (complete && !decoded.ok ? fault(decoded.kind, decoded.message) : null);
  if (wrong === null) return { verdict: judged(answer, run.spec, degraded ?? null), answer };
  const evidence = collectEvidence(answer);
  return { verdict: { outcome: outcomeOf(wrong), failures: [], error: wrong, evidence }, answer };
}

function judged(answer: Answer, spec: CheckSpec, degraded: string | null): Verdict {
  const { failures, patternFault } = judge(spec.assertions, answer, Date.now());
  if (patternFault !== null) {
    return {
      outcome: 'unknown',
      failures: [],
      error: fault('pattern', patternFault),
      evidence: collectEvidence(answer),
    };
  }
  if (failures.length === 0 && degraded !== null)
    return { outcome: 'degraded', failures, error: fault('answer', degraded), evidence: collectEvidence(answer) };
  const outcome = failures.length > 0 ? 'down' : isSlow(answer.totalMs, spec) ? 'degraded' : 'up';
  return { outcome, failures, error: null, evidence: outcome === 'down' ? collectEvidence(answer) : null };
}

function isSlow(totalMs: number, spec: CheckSpec): boolean {
  return spec.degradedAboveMs !== undefined && totalMs > spec.degradedAboveMs;
}

export function outcomeOf(error: CheckError | null): CheckOutcome {
  return error !== null && error.kind in OWN_FAULTS ? 'unknown' : 'down';
}
