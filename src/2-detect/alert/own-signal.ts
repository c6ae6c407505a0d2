import type { Ctx } from '#platform/ctx.ts';
import { inRounds, type NewSignal } from '../signal/signal.ts';
import { writeFiring, writeResolved } from '../signal/store.ts';
import { announce } from './announce-alerts.ts';
import { takeUnannouncedAlert } from './store.ts';

type OwnNews = Pick<NewSignal, 'scope' | 'dedupKey' | 'title' | 'source'> & {
  /** Null: it is over. */
  readonly severity: NewSignal['severity'] | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly payload: object;
};

/** A signal about ourselves: of no monitor, no service and no source. */
export function ownSignal(ctx: Ctx, { severity, labels, payload, ...news }: OwnNews): NewSignal {
  return {
    ...news,
    workspaceId: ctx.workspaceId,
    status: severity === null ? 'resolved' : 'firing',
    severity: severity ?? 'info',
    origin: 'monitor',
    alertSourceId: null,
    alertSourceName: null,
    monitorId: null,
    serviceId: null,
    drill: false,
    labels: JSON.stringify(labels),
    url: null,
    evidence: null,
    payload: JSON.stringify(payload),
    beganAt: ctx.now,
    receivedAt: ctx.now,
  };
}

/** Writes one firing signal of our own and tells what became of its alert, in the context's transaction; its id. */
export async function fireSignal(ctx: Ctx, signal: NewSignal): Promise<string | null> {
  const [written] = await writeFiring(ctx.transaction, roundOf(signal));
  await tell(ctx, written?.alertId ?? null);
  return written?.alertId ?? null;
}

/** Ends the alert of a signal of our own, and says which; nothing happens when there is none. */
export async function resolveSignal(
  ctx: Ctx,
  signal: NewSignal,
  reason: 'recovered' | 'by-hand',
): Promise<string | null> {
  const [written] = await writeResolved(ctx.transaction, roundOf(signal), reason);
  await tell(ctx, written?.alertId ?? null);
  return written?.alertId ?? null;
}

function roundOf(signal: NewSignal) {
  return inRounds([signal])[0] ?? [];
}

async function tell(ctx: Ctx, alertId: string | null): Promise<void> {
  if (alertId === null) return;
  const told = await takeUnannouncedAlert(ctx, alertId);
  if (told) await announce(ctx, told);
}
