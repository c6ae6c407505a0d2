import type { Ctx } from '#platform/ctx.ts';
import { rerollLate } from '../latency/reroll-late.ts';
import { lockMonitors } from '../monitor/store.ts';
import { selectVantages } from '../vantage/store.ts';
import { HOME } from '../vantage/streams.ts';
import { type Artefact, insertArtefacts } from './artefact-store.ts';
import { insertFailures, type PlacedFailure } from './failure-store.ts';
import { judgeChecks } from './judge-checks.ts';
import { evidenceOf, type Observation, stepsOf } from './observation.ts';
import { insertSteps, type SteppedCheck } from './step-store.ts';
import {
  insertResults,
  resultKey,
  selectNewestDue,
  selectStandings,
  type Standing,
  standingKey,
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
          [
            ...new Set(
              all.filter(({ standing }) => unsettling.includes(standing.id)).map(({ standing }) => standing.number),
            ),
          ],
          since,
        )
      : new Map<number, number>();
  const newestOf = (number: number) => newest.get(number) ?? Number.NEGATIVE_INFINITY;

  const stored = await insertResults(
    ctx,
    all.map(({ standing, seen }) => ({ number: standing.number, seen })),
  );
  const fresh = all
    .filter(({ standing, seen }) => stored.has(resultKey(standing.number, seen.dueAtMs)))
    .map((recorded) => withArtefactId(ctx, recorded));
  await insertFailures(ctx, fresh.filter(({ seen }) => seen.outcome !== 'up').map(failureOf));
  await insertSteps(ctx, fresh.flatMap(steppedOf));
  await insertArtefacts(ctx, fresh.flatMap(artefactsOf));
  await keepCertificates(ctx, fresh);
  const vantages = locked.length > 0 ? await selectVantages(ctx, unsettling) : [];
  for (const monitor of locked) {
    const own = fresh.filter(
      ({ standing, seen }) => standing.id === monitor.id && seen.dueAtMs > newestOf(standing.number),
    );
    await judgeChecks(
      ctx,
      monitor,
      vantages.filter(({ monitorId }) => monitorId === monitor.id),
      own.map(({ seen }) => seen),
    );
  }
  await rerollLate(
    ctx,
    fresh.map(({ standing, seen }) => ({ number: standing.number, dueAtMs: seen.dueAtMs })),
  );
}

function withArtefactId(ctx: Ctx, recorded: Recorded): Recorded {
  const { seen } = recorded;
  if (seen.artefacts === undefined || seen.outcome === 'up') return recorded;
  return { ...recorded, seen: { ...seen, artefactId: ctx.newId('art') } };
}

function artefactsOf({ standing, seen }: Recorded): Artefact[] {
  const { artefactId: id, artefacts, startedAtMs } = seen;
  if (id === undefined || artefacts === undefined) return [];
  return (['picture', 'trace'] as const).flatMap((part) => {
    const bytes = artefacts[part];
    if (bytes === null) return [];
    return [{ monitorId: standing.id, id, part, takenAt: new Date(startedAtMs), bytes: Buffer.from(bytes) }];
  });
}

/** By due time, each (monitor, due time) once. */
function inOrder(observations: readonly Observation[], standings: ReadonlyMap<string, Standing>): Recorded[] {
  const byKey = new Map<string, Recorded>();
  for (const seen of observations) {
    const standing = standings.get(standingKey(seen.monitorId, seen.locationId ?? HOME));
    const key = standing && resultKey(standing.number, seen.dueAtMs);
    if (standing && key !== undefined && !byKey.has(key)) byKey.set(key, { standing, seen });
  }
  return [...byKey.values()].toSorted((a, b) => a.seen.dueAtMs - b.seen.dueAtMs);
}

/** Whether a check may change what is held of its monitor; all others cost one inserted row. */
function isUnsettling({ standing, seen }: Recorded): boolean {
  return standing.state !== 'paused' && !(standing.settled && standing.state === seen.outcome);
}

function failureOf({ standing, seen }: Recorded): PlacedFailure {
  const lastsMs = seen.dueAtMs - standing.sinceMs;
  const whole = standing.state !== seen.outcome || lastsMs <= standing.intervalMs * WHOLE_EVIDENCE_CHECKS;
  return {
    monitorId: standing.id,
    locationId: standing.locationId,
    dueAt: new Date(seen.dueAtMs),
    evidence: evidenceOf(seen, whole),
  };
}

/** With its steps, and without what they took from the answers: a failure has that. */
function steppedOf({ standing, seen }: Recorded): SteppedCheck[] {
  if (!seen.steps) return [];
  const steps = stepsOf(seen.steps).map((step) => ({ ...step, values: [] }));
  const { id: monitorId, locationId } = standing;
  return [
    {
      monitorId,
      locationId,
      dueAt: new Date(seen.dueAtMs),
      outcome: seen.outcome,
      totalMs: Math.max(0, seen.totalMs),
      steps,
    },
  ];
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
