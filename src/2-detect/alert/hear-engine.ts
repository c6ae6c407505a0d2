import { type EngineTurned, engineTurned } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import type { NewSignal } from '../signal/signal.ts';
import { fireSignal, ownSignal, resolveSignal } from './own-signal.ts';

/** Trouble of our own with checking is an alert: what is checked late, or lost, hides what it should have found. */
export const hearEngine = on(engineTurned, async (ctx, engine) => {
  if (engine.state === 'well') await resolveSignal(ctx, signalOf(ctx, engine), 'recovered');
  else await fireSignal(ctx, signalOf(ctx, engine));
});

function titleOf({ state, host, latenessP99Ms, resultsDropped }: EngineTurned): string {
  switch (state) {
    case 'late':
      return `Checks from ${host} begin late: one of a hundred by ${(latenessP99Ms / 1_000).toFixed(1)} s or more`;
    case 'losing':
      return `Checks from ${host} are lost: ${resultsDropped} results could not be stored`;
    case 'well':
      return `Checks from ${host} are on time`;
  }
}

function signalOf(ctx: Ctx, engine: EngineTurned): NewSignal {
  return ownSignal(ctx, {
    scope: 'engine',
    dedupKey: `engine:${engine.nodeId}`,
    severity: engine.state === 'well' ? null : 'error',
    title: titleOf(engine),
    source: engine.host,
    labels: { host: engine.host },
    payload: engine,
  });
}
