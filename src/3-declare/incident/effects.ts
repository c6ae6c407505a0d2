import type { Ctx } from '#platform/ctx.ts';
import type { EffectState } from './contract.ts';

export type Effect = {
  readonly effect: string;
  readonly state: EffectState;
  readonly detail: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
};

/** Writes one line of the checklist of an incident; the same effect again replaces its state and keeps its start. */
export async function recordEffect(
  _ctx: Ctx,
  _incidentId: string,
  _effect: { effect: string; state: EffectState; detail: string },
): Promise<void> {
  throw new Error('not built yet');
}

/** The checklist, in the order in which the effects began. */
export async function listEffects(_ctx: Ctx, _incidentId: string): Promise<Effect[]> {
  throw new Error('not built yet');
}
