import { isWithinBusinessHours, nextBusinessStart, readWorkspace, workspaceCreated } from '#access';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import type { Incident } from '../incident/incident.ts';
import type { Severity, SeverityLevel } from './contract.ts';
import { DEFAULT_POLICY, levelIn, type Opening, type SeverityPolicy } from './severity.ts';
import { insertPolicy, selectPolicy } from './store.ts';

/** The policy in force, or one earlier version of it. */
export async function readSeverityPolicy(ctx: Ctx, version?: number): Promise<SeverityPolicy> {
  const policy = await selectPolicy(ctx, version);
  if (policy) return policy;
  if (version !== undefined && version !== DEFAULT_POLICY.version)
    throw notFound('severity policy version', String(version));
  return DEFAULT_POLICY;
}

/** The level that an incident is at (or would be at), in the policy version that it pins. */
export async function levelOf(ctx: Ctx, incident: Incident, severity?: Severity): Promise<SeverityLevel> {
  return levelIn(await readSeverityPolicy(ctx, incident.severityPolicyVersion), severity ?? incident.severity);
}

/** The workspace's business hours as the clocks need them: the instant when inside them, else the next opening. */
export async function readOpening(ctx: Ctx): Promise<Opening> {
  const workspace = await readWorkspace(ctx);
  return (instant) => (isWithinBusinessHours(workspace, instant) ? instant : nextBusinessStart(workspace, instant));
}

/** Writes the shipped policy down as version 1, so that a later release cannot change what incidents have pinned. */
export const writeFirstPolicy = on(workspaceCreated, async (ctx) => {
  await insertPolicy(ctx, DEFAULT_POLICY);
});
