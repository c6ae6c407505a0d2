import type { Ctx } from '#platform/ctx.ts';
import { inRounds, type NewSignal } from '../signal/signal.ts';
import { writeFiring, writeResolved } from '../signal/store.ts';
import { announce } from './announce-alerts.ts';
import { takeUnannouncedAlert } from './store.ts';

/** Writes one firing signal of our own and tells what became of its alert, in the context's transaction. */
export async function fireSignal(ctx: Ctx, signal: NewSignal): Promise<void> {
  const [written] = await writeFiring(ctx.transaction, roundOf(signal));
  await tell(ctx, written?.alertId ?? null);
}

/** Ends the alert of a signal of our own; nothing happens when there is none. */
export async function resolveSignal(ctx: Ctx, signal: NewSignal, reason: 'recovered' | 'by-hand'): Promise<void> {
  const [written] = await writeResolved(ctx.transaction, roundOf(signal), reason);
  await tell(ctx, written?.alertId ?? null);
}

function roundOf(signal: NewSignal) {
  return inRounds([signal])[0] ?? [];
}

async function tell(ctx: Ctx, alertId: string | null): Promise<void> {
  if (alertId === null) return;
  const told = await takeUnannouncedAlert(ctx, alertId);
  if (told) await announce(ctx, told);
}
