import { type Observation, recordBatch } from '#monitor';
import type { TestSystem } from './system.ts';

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

/** Stores checks with these outcomes, a minute apart, the last one now. */
export async function watchFor(
  t: TestSystem,
  monitorId: string,
  ...outcomes: readonly ('up' | 'down')[]
): Promise<void> {
  for (const outcome of outcomes) {
    t.clock.advance(60);
    const of = { workspaceId: t.workspaceId, monitorId, at: t.clock.now() };
    await recordBatch(t.system, [observed(of, outcome)]);
  }
}
