import { readAllowedTargets } from '#access';
import { conflict, invalid } from '#kernel/errors.ts';
import { suggestAllowedTarget } from '#platform/address-guard.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import type { CheckResult, CheckSpec } from '../check/spec.ts';
import { traitsOf } from '../kind/kinds.ts';
import { engineOf } from '../probe/engine-of.ts';
import { evidenceOf, stepsOf } from '../result/observation.ts';
import { recordBatch } from '../result/record-batch.ts';
import { checkSpecOf, requireCheckable } from './check-spec.ts';
import type { CheckAnswer, TestMonitorBody } from './contract.ts';
import { followTrial } from './follow-trial.ts';
import { sealSecrets } from './open-secrets.ts';
import { readAsking } from './read-asking.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { readMonitor } from './read-monitors.ts';
import { isAskedHere } from '../vantage/streams.ts';

/** Only the engine's own grid uses an interval; a single check needs one to be well-formed. */
const ANY_INTERVAL_MS = 60_000;

/** Asks once, before anything is saved. Refuses a private address like saving would. Needs no open transaction. */
export async function testMonitor(ctx: Ctx, asked: TestMonitorBody, system: System): Promise<CheckAnswer> {
  if (traitsOf(asked.kind ?? 'http').elsewhere === true)
    throw invalid('body.kind', `${asked.kind} is asked by probes only, so it cannot be tried from here`);
  const allowedTargets = await readAllowedTargets(ctx);
  const { kind, target, question, secrets } = readAsking(asked, allowedTargets);
  await refuseUnreadable(kind, question.options);
  const spec = checkSpecOf(
    {
      workspaceId: ctx.workspaceId,
      id: ctx.newId('mon'),
      kind,
      url: target.url,
      intervalMs: ANY_INTERVAL_MS,
      timeoutMs: Math.round(asked.timeoutSeconds * 1_000),
      question,
      sealedSecrets: sealSecrets(ctx.secrets, secrets),
    },
    allowedTargets,
    ctx.secrets,
  );
  return askOnce(system, spec, asked.trial);
}

/** Checks a stored monitor beside its schedule, and stores the result like any other. `alone`: see the engine's `checkNow`. */
export async function checkMonitorNow(
  ctx: Ctx,
  monitorId: string,
  system: System,
  { alone = false }: { readonly alone?: boolean } = {},
): Promise<CheckAnswer> {
  const monitor = requireCheckable(await readMonitor(ctx, monitorId));
  if (!(await isAskedHere(ctx, monitorId)))
    throw conflict(`${monitor.name} is asked from elsewhere only; its probes ask it by their own clock.`);
  const spec = checkSpecOf(monitor, await readAllowedTargets(ctx), ctx.secrets);
  const result = await engineOf(system).checkNow(spec, { alone });
  await recordBatch(system, [result]);
  return answerOf(result);
}

/** Asks once, and stores nothing. `trial`: the name under which the progress of a journey is read meanwhile. */
export async function askOnce(system: System, spec: CheckSpec, trial: string | undefined): Promise<CheckAnswer> {
  const engine = engineOf(system);
  if (trial === undefined || spec.kind !== 'journey') return answerOf(await engine.checkNow(spec, { alone: true }));
  const follower = followTrial(system, { workspaceId: spec.workspaceId, trial });
  try {
    return answerOf(await engine.checkNow(spec, { watch: follower.heard, alone: true }));
  } finally {
    await follower.end();
  }
}

function answerOf(result: CheckResult): CheckAnswer {
  const refused = result.error?.kind === 'target-not-allowed' ? result.address : null;
  return {
    outcome: result.outcome,
    totalMs: result.totalMs,
    phases: result.phases,
    status: result.status,
    address: result.address,
    certificateExpiresAt:
      result.certificateExpiresAtMs === null ? null : new Date(result.certificateExpiresAtMs).toISOString(),
    connection: result.connection ?? null,
    evidence: result.outcome === 'up' ? null : evidenceOf(result),
    steps: result.steps && stepsOf(result.steps),
    picture: result.artefacts?.picture ? Buffer.from(result.artefacts.picture).toString('base64') : null,
    suggestedTarget: refused === null ? null : suggestAllowedTarget(refused),
  };
}
