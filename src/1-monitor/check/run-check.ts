import { askProtocol } from '../protocol/ask-protocol.ts';
import type { Answer, Asked } from './answer.ts';
import { askTarget } from './ask-target.ts';
import { judge, needsBody } from './assertions.ts';
import { beginRun, type CheckRun, type CheckWorld, type HttpRun, isHttpRun } from './check-run.ts';
import { decodeBody, type DecodeOutcome } from './decode-body.ts';
import { collectEvidence } from './evidence.ts';
import { fault } from './faults.ts';
import { buildRequest, isFollowed, prepareRequest, requestBytes, type PreparedRequest } from './request.ts';
import { headerValue } from './response-head.ts';
import type { CheckError, CheckOutcome, CheckResult, CheckSpec, HttpSpec, OwnFault } from './spec.ts';
import { parseTarget, type Target, type TargetOutcome } from './target.ts';

const OWN_FAULTS: Readonly<Record<OwnFault, true>> = {
  'target-not-allowed': true,
  resolver: true,
  'no-connectivity': true,
  'out-of-resources': true,
  'not-permitted': true,
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
    asked = isHttpRun(run) ? await follow(run, world) : await askProtocol(run, world);
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

/** Follows redirects up to the spec's limit; each target is resolved and guarded like the first. */
async function follow(run: HttpRun, world: CheckWorld): Promise<Asked> {
  const { spec } = run;
  const first = ownTarget(spec);
  if (!first.ok) return { error: fault('invalid-spec', first.fault), received: null };
  let { target } = first;
  for (let redirects = 0; ; redirects += 1) {
    const request = redirects === 0 ? prepareRequest(spec, target) : redirectedRequest(spec, target, first.target);
    const asked = await askTarget(target, request, run, world);
    const location = asked.received === null ? null : headerValue(asked.received.headers, 'location');
    if (asked.error !== null && redirects > 0) {
      const message = `redirected to ${target.url.origin}, where: ${asked.error.message}`;
      return { ...asked, error: fault(asked.error.kind, message) };
    }
    if (asked.error !== null || asked.received === null || location === null) return asked;
    if (asked.received.status === null || !isFollowed(spec, asked.received.status)) return asked;
    const next = parseTarget(location, target.url);
    if (!next.ok) return { ...asked, error: fault('redirect', `the redirect leads nowhere: ${next.fault}`) };
    if (redirects >= spec.maxRedirects) {
      return {
        ...asked,
        error: fault(
          'redirect',
          `more than ${spec.maxRedirects} redirects, the last one to ${next.target.url.href.slice(0, 200)}`,
        ),
      };
    }
    ({ target } = next);
  }
}

const targets = new WeakMap<HttpSpec, TargetOutcome>();

/** Parsed once per spec. */
function ownTarget(spec: HttpSpec): TargetOutcome {
  let known = targets.get(spec);
  if (known === undefined) targets.set(spec, (known = parseTarget(spec.url)));
  return known;
}

function redirectedRequest(spec: HttpSpec, target: Target, from: Target): PreparedRequest {
  const request = buildRequest(spec, target, target.url.origin !== from.url.origin);
  return { request, bytes: requestBytes(request) };
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

async function conclude({ error, received }: Asked, totalMs: number, run: CheckRun): Promise<Verdict> {
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
  return judged(answer, run.spec);
}

function judged(answer: Answer, spec: CheckSpec): Verdict {
  const { failures, patternFault } = judge(spec.assertions, answer, Date.now());
  if (patternFault !== null) {
    return {
      outcome: 'unknown',
      failures: [],
      error: fault('pattern', patternFault),
      evidence: collectEvidence(answer),
    };
  }
  const outcome = failures.length > 0 ? 'down' : isSlow(answer.totalMs, spec) ? 'degraded' : 'up';
  return { outcome, failures, error: null, evidence: outcome === 'down' ? collectEvidence(answer) : null };
}

function isSlow(totalMs: number, spec: CheckSpec): boolean {
  return spec.degradedAboveMs !== undefined && totalMs > spec.degradedAboveMs;
}

function outcomeOf(error: CheckError | null): CheckOutcome {
  return error !== null && error.kind in OWN_FAULTS ? 'unknown' : 'down';
}
