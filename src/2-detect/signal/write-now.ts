import type { Ctx } from '#platform/ctx.ts';
import { touchAlert } from '../alert/acknowledge-alert.ts';
import { announce } from '../alert/announce-alerts.ts';
import { takeUnannouncedAlert } from '../alert/store.ts';
import type { NewSignal } from './signal.ts';
import { writeBatch } from './write-batch.ts';

/** Writes one signal in the caller's transaction and tells later stages in it; the id of its alert. */
export async function writeNow(ctx: Ctx, signal: NewSignal): Promise<string | null> {
  const { alertIds } = await writeBatch(ctx.transaction, [signal]);
  const alertId = alertIds.get(signal) ?? null;
  if (alertId === null) return null;
  const told = await takeUnannouncedAlert(ctx, alertId);
  if (told) await announce(ctx, told);
  else touchAlert(ctx, { id: alertId });
  return alertId;
}
