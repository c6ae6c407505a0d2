import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Severity, SeverityLevel } from './contract.ts';
import { readSeverityPolicy } from './read-policy.ts';
import type { SeverityPolicy } from './severity.ts';
import { insertPolicy } from './store.ts';

/** Puts a new version in force. Incidents keep the version they were declared with. */
export async function replaceSeverityPolicy(
  ctx: Ctx,
  next: { readonly levels: readonly SeverityLevel[]; readonly defaultSeverity: Severity },
): Promise<SeverityPolicy> {
  const current = await readSeverityPolicy(ctx);
  const policy = { ...next, version: current.version + 1, changedAt: ctx.now, changedBy: actorUserId(ctx.actor) };
  if (!(await insertPolicy(ctx, policy)))
    throw conflict('Somebody else has just changed the severity policy. Read it again, then change it.');
  await audit(ctx, {
    action: 'severity-policy.change',
    subjectId: ctx.workspaceId,
    detail: { version: policy.version },
  });
  ctx.touch('policies');
  return policy;
}
