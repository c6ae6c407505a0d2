import type { Context, Hono } from 'hono';
import type { z } from 'zod';
import { DAY_MS } from '#kernel/duration.ts';
import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { readAtMost } from '#platform/read-at-most.ts';
import { digest } from '#platform/secrets.ts';
import type { Observation } from '../result/observation.ts';
import { recordBatch } from '../result/record-batch.ts';
import { RESULT_DAYS } from '../result/retention.ts';
import { assignProbe } from './assign-probe.ts';
import { assignmentBody, resultsBody, takeResults, type TakenResult } from './probe-wire.ts';
import { WIRE_LIMITS } from './wire-limits.ts';
import { type KnownProbe, selectProbeByToken } from './store.ts';

/** Clocks may differ by so much; what claims to come from further ahead is not stored. */
const AHEAD_MS = 60_000;

/** `POST /probe/v1/assignment` and `/probe/v1/results`, for the programs that ask from elsewhere. */
export function mountProbe(app: Hono, system: System): void {
  app.post('/probe/v1/assignment', async (c) => {
    const probe = await requireProbe(c, system);
    const answer = await assignProbe(system, probe, await readBody(c, assignmentBody));
    c.header('cache-control', 'no-store');
    return answer === null ? c.body(null, 204) : c.json(answer);
  });
  app.post('/probe/v1/results', async (c) => {
    const probe = await requireProbe(c, system);
    const { results } = await readBody(c, resultsBody);
    const { taken, refused, why } = takeResults(results);
    if (refused > 0) {
      const { workspaceId, locationName } = probe;
      system.log.warn({ workspaceId, locationName, refused, why }, 'a probe handed in results that cannot be taken');
    }
    if (taken.length === 0) throw new AppError('invalid', `None of the results can be taken: ${why}`);
    const seen = observationsOf(taken, probe, system.clock.now());
    // Answered after the commit: what was answered, the probe forgets.
    await recordBatch(system, seen);
    return c.json({ taken: seen.length, ignored: results.length - seen.length });
  });
}

async function requireProbe(c: Context, system: System): Promise<KnownProbe> {
  const token = /^Bearer (probe_[a-z0-9]{16,80})$/.exec(c.req.header('authorization') ?? '')?.[1];
  const probe = token === undefined ? undefined : await selectProbeByToken(system.database, digest(token));
  if (!probe) throw new AppError('unauthenticated', 'This is not the token of a probe, or it was revoked.');
  return probe;
}

async function readBody<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.output<Schema>> {
  const bytes = await readAtMost(c.req.raw, WIRE_LIMITS.bodyBytes);
  if (bytes === null) throw new AppError('invalid', `A message of a probe has at most ${WIRE_LIMITS.bodyBytes} bytes.`);
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new AppError('invalid', 'The body is not JSON.');
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ path: ['body', ...path].join('.'), message }));
  throw new AppError('invalid', errors[0]?.message ?? 'The body is not valid.', { errors });
}

/** As they are stored: of the probe's own workspace and place, and of a time that there can be. */
function observationsOf(results: readonly TakenResult[], probe: KnownProbe, now: Date): Observation[] {
  const from = now.getTime() - (RESULT_DAYS - 1) * DAY_MS;
  const to = now.getTime() + AHEAD_MS;
  const { workspaceId, locationId, locationName } = probe;
  return results
    .filter(({ dueAtMs, startedAtMs }) => dueAtMs >= from && startedAtMs >= dueAtMs - AHEAD_MS && startedAtMs <= to)
    .map(({ artefacts, connection, ...result }) => ({
      ...result,
      ...(connection ? { connection } : {}),
      workspaceId,
      locationId,
      locationName,
      ...(artefacts ? { artefacts: { picture: bytesOf(artefacts.picture), trace: bytesOf(artefacts.trace) } } : {}),
    }));
}

function bytesOf(base64: string | null): Uint8Array | null {
  return base64 === null ? null : Buffer.from(base64, 'base64');
}
