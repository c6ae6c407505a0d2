import type { Observation } from '#monitor';

/** A check of a monitor as its engine would hand it in, found at this instant. */
export function observed(
  of: { readonly workspaceId: string; readonly monitorId: string; readonly at: Date },
  outcome: 'up' | 'down',
): Observation {
  const { workspaceId, monitorId } = of;
  const atMs = of.at.getTime();
  return {
    monitorId,
    workspaceId,
    dueAtMs: atMs,
    startedAtMs: atMs,
    latenessMs: 0,
    outcome,
    totalMs: 20,
    phases: { dnsMs: null, tcpMs: 1, tlsMs: null, firstByteMs: 2, transferMs: 0 },
    status: outcome === 'up' ? 200 : 503,
    address: null,
    certificateExpiresAtMs: null,
    failures: outcome === 'up' ? [] : [{ expected: 'status 200–399', got: '503' }],
    error: null,
    evidence: null,
  };
}
