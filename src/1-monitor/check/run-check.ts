import { askProtocol } from '../protocol/ask-protocol.ts';
import type { Asked } from './answer.ts';
import { askHttp } from './ask-http.ts';
import { blame } from './blame.ts';
import { beginRun, type CheckWorld, isHttpRun, type Onlookers } from './check-run.ts';
import { conclude } from './conclude.ts';
import { fault } from './faults.ts';
import { guarded } from './own-crash.ts';
import type { CheckResult, CheckSpec } from './spec.ts';

/** Asks once and judges the answer. Never rejects, never takes much longer than the spec's timeout. */
export async function runCheck(
  spec: CheckSpec,
  dueAtMs: number,
  world: CheckWorld,
  onlookers: Onlookers = {},
): Promise<CheckResult> {
  const startedAtMs = Date.now();
  const run = beginRun(spec, world.deadlines, onlookers);
  let asked: Asked;
  try {
    asked = await guarded(() => (isHttpRun(run) ? askHttp(run, world, null) : askProtocol(run, world)));
    world.deadlines.remove(run.deadline);
  } catch (error) {
    // The deadline stays: what was thrown in a callback left something open, which closes when its time is over.
    const message = error instanceof Error ? error.message : String(error);
    asked = { error: fault('invalid-spec', `the check could not be made: ${message}`), received: null };
  }
  const totalMs = asked.tookMs ?? performance.now() - run.beganMs;
  const error = asked.error === null ? null : await blame(asked.error, run, world);
  const verdict = asked.verdict ?? (await conclude({ ...asked, error }, totalMs, run)).verdict;
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
    ...(run.connection === null ? {} : { connection: run.connection }),
    ...(asked.artefacts === undefined ? {} : { artefacts: asked.artefacts }),
  };
}
