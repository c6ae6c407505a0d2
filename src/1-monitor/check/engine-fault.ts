import type { CheckResult, CheckSpec } from './spec.ts';

/** The result of a check that could not be made, for a reason of ours. */
export function engineFault(spec: CheckSpec, message: string): CheckResult {
  const nowMs = Date.now();
  return {
    monitorId: spec.monitorId,
    workspaceId: spec.workspaceId,
    dueAtMs: nowMs,
    startedAtMs: nowMs,
    latenessMs: 0,
    outcome: 'unknown',
    totalMs: 0,
    phases: { dnsMs: null, tcpMs: null, tlsMs: null, firstByteMs: null, transferMs: null },
    status: null,
    address: null,
    certificateExpiresAtMs: null,
    failures: [],
    error: { kind: 'engine', message },
    evidence: null,
    steps: null,
  };
}
