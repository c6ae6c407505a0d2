import type { Ctx } from '#platform/ctx.ts';
import type { EffectState } from './contract.ts';
import { selectEffects, upsertEffect } from './store.ts';

export type Effect = {
  readonly effect: string;
  readonly state: EffectState;
  readonly detail: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
};

/** Writes one line of the checklist of an incident; the same effect again replaces its state and keeps its start. */
export async function recordEffect(
  ctx: Ctx,
  incidentId: string,
  { effect, state, detail }: { effect: string; state: EffectState; detail: string },
): Promise<void> {
  const finishedAt = state === 'pending' ? null : ctx.now;
  await upsertEffect(ctx, {
    workspaceId: ctx.workspaceId,
    incidentId,
    effect,
    state,
    detail,
    startedAt: ctx.now,
    finishedAt,
  });
  ctx.touch(`incident:${incidentId}`);
}

/** The checklist, in the order in which the effects began. */
export async function listEffects(ctx: Ctx, incidentId: string): Promise<Effect[]> {
  return await selectEffects(ctx, incidentId);
}
