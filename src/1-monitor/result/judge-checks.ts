import type { Ctx } from '#platform/ctx.ts';
import { judgePlaces, sightMs } from '../vantage/judge-places.ts';
import { HOME } from '../vantage/streams.ts';
import { updateVantage, type Vantage } from '../vantage/store.ts';
import type { MonitorRecord } from '../monitor/store.ts';
import { storeVerdict } from '../monitor/store-verdict.ts';
import { readPlannedTimes } from '../maintenance/read-planned.ts';
import { heldPolicy, noteFault } from '../verdict/flapping.ts';
import { advance, type ConfirmPolicy, type Verdict } from '../verdict/verdict.ts';
import { evidenceOf, type Observation } from './observation.ts';

/**
 * Draws the conclusions of a locked monitor's checks, one after another, because one batch may hold a failure and its
 * recovery. `vantages`: its places, none when it is asked from here alone.
 */
export async function judgeChecks(
  ctx: Ctx,
  monitor: MonitorRecord,
  vantages: readonly Vantage[],
  checks: readonly Observation[],
): Promise<void> {
  if (monitor.state === 'paused' || checks.length === 0) return;
  if (vantages.length > 0) return judgeFromPlaces(ctx, monitor, checks, vantages);
  let current = monitor;
  for (const seen of checks) {
    const policy = policyOf(current, seen);
    const next = advance(current.verdict, { outcome: seen.outcome, atMs: seen.startedAtMs }, policy);
    if (next !== current.verdict) current = await conclude(ctx, current, next, seen);
  }
}

/**
 * Each place judges for itself, and all of them together. What a place hands in late, after it was counted as blind,
 * is kept and concludes nothing: what the others said at that time is not known any more.
 */
async function judgeFromPlaces(
  ctx: Ctx,
  monitor: MonitorRecord,
  checks: readonly Observation[],
  vantages: readonly Vantage[],
): Promise<void> {
  const oldestMs = ctx.now.getTime() - sightMs(monitor);
  const held = new Map(vantages.map((vantage) => [vantage.locationId, vantage.verdict]));
  const changed = new Set<string>();
  let current = monitor;
  for (const seen of checks) {
    const place = seen.locationId ?? HOME;
    const before = held.get(place);
    if (!before || seen.startedAtMs < oldestMs) continue;
    const policy = policyOf(current, seen);
    const after = advance(before, { outcome: seen.outcome, atMs: seen.startedAtMs }, policy);
    if (after === before) continue;
    held.set(place, after);
    changed.add(place);
    const together = judgePlaces(current, [...held.values()]);
    if (together !== current.verdict) current = await conclude(ctx, current, together, seen, agreeing(held, together));
  }
  for (const place of changed) {
    const verdict = held.get(place);
    if (verdict) await updateVantage(ctx, monitor.id, place, verdict);
  }
}

/** Its own confirmations; a fault that comes and goes too often is held. */
function policyOf(monitor: MonitorRecord, { startedAtMs }: Observation): ConfirmPolicy {
  const own = { failures: monitor.confirmFailures, recoveries: monitor.confirmRecoveries };
  return heldPolicy(own, monitor.verdict, monitor.intervalMs, startedAtMs);
}

/** "2 of 3 places: " */
function agreeing(held: ReadonlyMap<string, Verdict>, { state }: Verdict): string {
  const all = [...held.values()];
  return `${all.filter((one) => one.state === state).length} of ${all.length} places: `;
}

async function conclude(ctx: Ctx, monitor: MonitorRecord, found: Verdict, seen: Observation, prefix = '') {
  const noted = noteFault(monitor.verdict, found);
  const before = monitor.verdict.faults ?? [];
  const next = { ...found, faults: noted === before || (await isPlanned(ctx, monitor, found)) ? before : noted };
  const evidence = seen.outcome === 'up' ? null : evidenceOf(seen);
  await storeVerdict(ctx, monitor, next, evidence && { ...evidence, summary: `${prefix}${evidence.summary}` });
  const endsDrill = next.state === 'down' && monitor.state !== 'down';
  return {
    ...monitor,
    verdict: next,
    state: next.state,
    since: new Date(next.sinceMs),
    ...(endsDrill ? { drillStartedAt: null, drillEndsAt: null } : {}),
  };
}

/** What breaks while it is worked on says nothing of how it does otherwise. */
async function isPlanned(ctx: Ctx, { id: monitorId, serviceId }: MonitorRecord, { sinceMs }: Verdict) {
  const planned = await readPlannedTimes(ctx, new Date(sinceMs));
  return planned
    .ofMonitor({ monitorId, serviceId })
    .some(({ startMs, endMs }) => startMs <= sinceMs && sinceMs < endMs);
}
