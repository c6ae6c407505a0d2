import type { Ctx } from '#platform/ctx.ts';
import { rerollLate } from '../latency/reroll-late.ts';
import { lockMonitors, type MonitorRecord } from '../monitor/store.ts';
import { storeVerdict } from '../monitor/store-verdict.ts';
import { advance, type Verdict } from '../verdict/verdict.ts';
import type { Evidence } from './contract.ts';
import { type FailedCheck, insertFailures } from './failure-store.ts';
import { evidenceOf, type Observation } from './observation.ts';
import {
  insertResults,
  resultKey,
  selectNewestDue,
  selectStandings,
  type Standing,
  updateCertificate,
} from './store.ts';

/** A fault that lasts keeps the answer's headers and body for its first checks only. */
const WHOLE_EVIDENCE_CHECKS = 10;

type Recorded = { readonly standing: Standing; readonly seen: Observation };

/**
 * Stores checks of the context's workspace and draws the conclusions, all in the context's transaction: rows, failures
 * with evidence, verdicts, and for each changed state whatever later stages do about it. Checks that are stored already
 * change nothing, so a batch may be sent again. Checks of archived or foreign monitors are ignored; those of a paused
 * one, and those older than one already judged, are stored without a conclusion.
 */
export async function recordResults(ctx: Ctx, observations: readonly Observation[]): Promise<void> {
  const standings = await selectStandings(ctx, [...new Set(observations.map((seen) => seen.monitorId))]);
  const all = inOrder(observations, standings);
  const [oldest] = all;
  if (!oldest) return;
  const unsettling = [...new Set(all.filter(isUnsettling).map(({ standing }) => standing.id))];
  const since = new Date(oldest.seen.dueAtMs);
  const locked = unsettling.length > 0 ? await lockMonitors(ctx, unsettling) : [];
  const newest =
    locked.length > 0
      ? await selectNewestDue(
          ctx,
          locked.map(({ number }) => number),
          since,
        )
      : new Map<number, number>();

  const stored = await insertResults(
    ctx,
    all.map(({ standing, seen }) => ({ number: standing.number, seen })),
  );
  const fresh = all.filter(({ standing, seen }) => stored.has(resultKey(standing.number, seen.dueAtMs)));
  await insertFailures(ctx, fresh.filter(({ seen }) => seen.outcome !== 'up').map(failureOf));
  await keepCertificates(ctx, fresh);
  for (const monitor of locked) {
    const judgedMs = newest.get(monitor.number) ?? Number.NEGATIVE_INFINITY;
    const own = fresh.filter(({ standing, seen }) => standing.id === monitor.id && seen.dueAtMs > judgedMs);
    await judge(ctx, monitor, own);
  }
  await rerollLate(
    ctx,
    fresh.map(({ standing, seen }) => ({ number: standing.number, dueAtMs: seen.dueAtMs })),
  );
}

/** By due time, each (monitor, due time) once. */
function inOrder(observations: readonly Observation[], standings: ReadonlyMap<string, Standing>): Recorded[] {
  const byKey = new Map<string, Recorded>();
  for (const seen of observations) {
    const standing = standings.get(seen.monitorId);
    const key = standing && resultKey(standing.number, seen.dueAtMs);
    if (standing && key !== undefined && !byKey.has(key)) byKey.set(key, { standing, seen });
  }
  return [...byKey.values()].toSorted((a, b) => a.seen.dueAtMs - b.seen.dueAtMs);
}

/** Whether a check may change what is held of its monitor; all others cost one inserted row. */
function isUnsettling({ standing, seen }: Recorded): boolean {
  return standing.state !== 'paused' && !(standing.settled && standing.state === seen.outcome);
}

/** One after another, because one batch may hold a failure and its recovery. */
async function judge(ctx: Ctx, monitor: MonitorRecord, checks: readonly Recorded[]): Promise<void> {
  if (monitor.state === 'paused') return;
  let current = monitor;
  const policy = { failures: monitor.confirmFailures, recoveries: monitor.confirmRecoveries };
  for (const { seen } of checks) {
    const next: Verdict = advance(current.verdict, { outcome: seen.outcome, atMs: seen.startedAtMs }, policy);
    if (next === current.verdict) continue;
    const evidence: Evidence | null = seen.outcome === 'up' ? null : evidenceOf(seen);
    await storeVerdict(ctx, current, next, evidence);
    const endsDrill = next.state === 'down' && current.state !== 'down';
    current = {
      ...current,
      verdict: next,
      state: next.state,
      since: new Date(next.sinceMs),
      ...(endsDrill ? { drillStartedAt: null, drillEndsAt: null } : {}),
    };
  }
}

function failureOf({ standing, seen }: Recorded): FailedCheck {
  const lastsMs = seen.dueAtMs - standing.sinceMs;
  const whole = standing.state !== seen.outcome || lastsMs <= standing.intervalMs * WHOLE_EVIDENCE_CHECKS;
  return { monitorId: standing.id, dueAt: new Date(seen.dueAtMs), evidence: evidenceOf(seen, whole) };
}

async function keepCertificates(ctx: Ctx, checks: readonly Recorded[]): Promise<void> {
  const latest = new Map<string, Date>();
  for (const { standing, seen } of checks) {
    const { certificateExpiresAtMs } = seen;
    if (certificateExpiresAtMs === null) continue;
    if (certificateExpiresAtMs === standing.certificateExpiresAtMs) latest.delete(standing.id);
    else latest.set(standing.id, new Date(certificateExpiresAtMs));
  }
  for (const [monitorId, expiresAt] of latest) await updateCertificate(ctx, monitorId, expiresAt);
}
