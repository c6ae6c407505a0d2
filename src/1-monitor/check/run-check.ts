import { askProtocol } from '../protocol/ask-protocol.ts';
import type { Answer, Asked } from './answer.ts';
import { askHttp } from './ask-http.ts';
import { judge, needsBody } from './assertions.ts';
import { beginRun, type CheckRun, type CheckWorld, isHttpRun } from './check-run.ts';
import { decodeBody, type DecodeOutcome } from './decode-body.ts';
import { collectEvidence } from './evidence.ts';
import { fault } from './faults.ts';
import { headerValue } from './response-head.ts';
import type { CheckError, CheckOutcome, CheckResult, CheckSpec, OwnFault } from './spec.ts';

const OWN_FAULTS: Readonly<Record<OwnFault, true>> = {
  'target-not-allowed': true,
  resolver: true,
  'no-connectivity': true,
  'out-of-resources': true,
  'not-permitted': true,
  'no-data': true,
  pattern: true,
  'invalid-spec': true,
  engine: true,
};

/** Asks once and judges the answer. Never rejects, never takes much longer than the spec's timeout. */
export async function runCheck(spec: CheckSpec, dueAtMs: number, world: CheckWorld): Promise<CheckResult> {
  const startedAtMs = Date.now();
  const run = beginRun(spec, world.deadlines);
  let asked: Asked;
  try {
    asked = isHttpRun(run) ? await askHttp(run, world) : await askProtocol(run, world);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    asked = { error: fault('invalid-spec', `the check could not be made: ${message}`), received: null };
  }
  const totalMs = asked.tookMs ?? performance.now() - run.beganMs;
  world.deadlines.remove(run.deadline);
  const error = asked.error === null ? null : await blame(asked.error, run, world);
  const verdict = await conclude({ ...asked, error }, totalMs, run);
  return {
    monitorId: spec.monitorId,
    workspaceId: spec.workspaceId,
    dueAtMs,
    startedAtMs,
    latenessMs: Math.max(0, startedAtMs - dueAtMs),
    totalMs,
    phases: run.phases,
    status: asked.received?.status ?? null,
    address: run.address,
    certificateExpiresAtMs: run.certificateExpiresAtMs,
    ...verdict,
    steps: asked.steps ?? null,
  };
}

/** A public target that nobody could reach: its silence, or ours? */
async function blame(error: CheckError, run: CheckRun, world: CheckWorld): Promise<CheckError> {
  const silent = (error.kind === 'timeout' || error.kind === 'unreachable') && run.phases.tcpMs === null;
  if (!silent || run.address === null) return error;
  if (world.guards.verdict(run.address, run.spec.allowedTargets).class !== 'public') return error;
  if (!(await world.connectivity.isCutOff())) return error;
  return fault('no-connectivity', `this machine seems cut off: neither ${run.address} nor our name servers answer`);
}

type Verdict = Pick<CheckResult, 'outcome' | 'failures' | 'error' | 'evidence'>;

async function conclude({ error, received, degraded }: Asked, totalMs: number, run: CheckRun): Promise<Verdict> {
  if (received === null) return { outcome: outcomeOf(error), failures: [], error, evidence: null };
  const complete = needsBody(run.spec) && error === null;
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
  if (error !== null) return { outcome: outcomeOf(error), failures: [], error, evidence: collectEvidence(answer) };
  if (complete && !decoded.ok) {
    return {
      outcome: 'down',
      failures: [],
      error: fault(decoded.kind, decoded.message),
      evidence: collectEvidence(answer),
    };
  }
  return judged(answer, run.spec, degraded ?? null);
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

function outcomeOf(error: CheckError | null): CheckOutcome {
  return error !== null && error.kind in OWN_FAULTS ? 'unknown' : 'down';
}
