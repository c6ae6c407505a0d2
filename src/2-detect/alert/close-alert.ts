import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { touchAlert } from './acknowledge-alert.ts';
import type { Alert } from './alert.ts';
import type { CloseReason } from './contract.ts';
import { alertClosed } from './events.ts';
import { lockAlert, lockAlerts, updateAlert } from './store.ts';

/**
 * Closes an alert and tells later stages why; one that is closed already stays as it is. After `by-hand`, the next
 * signal of the same key opens a new alert.
 */
export async function closeAlert(ctx: Ctx, alertId: string, reason: CloseReason): Promise<Alert> {
  const before = await lockAlert(ctx, alertId);
  if (!before) throw notFound('alert', alertId);
  if (before.state === 'closed') return before;
  return await closeLocked(ctx, before, reason);
}

/** Closes every alert that turned out to be none; repeating signals stay quiet until their source has recovered. */
export async function closeAsFalseAlarm(ctx: Ctx, alertIds: readonly string[]): Promise<void> {
  for (const before of await lockAlerts(ctx, alertIds)) {
    if (before.state === 'closed') await updateAlert(ctx, before.id, ['closed'], { disposition: 'false-alarm' });
    else await closeLocked(ctx, before, 'false-alarm');
  }
}

/** Closes a row that this transaction holds. */
export async function closeLocked(
  ctx: Ctx,
  before: Alert,
  reason: CloseReason,
  dismissReason: string | null = null,
): Promise<Alert> {
  const quiet = reason === 'dismissed' || reason === 'false-alarm';
  const alert = await updateAlert(ctx, before.id, ['open', 'acknowledged'], {
    state: 'closed',
    holdsKey: quiet,
    closedAt: ctx.now,
    closedBy: actorUserId(ctx.actor),
    closeReason: reason,
    promptDueAt: null,
    suspectDueAt: null,
    announce: null,
    raisedFrom: null,
    ...(reason === 'dismissed' ? { disposition: 'dismissed' as const, dismissReason } : {}),
    ...(reason === 'false-alarm' ? { disposition: 'false-alarm' as const } : {}),
  });
  if (!alert) return before;
  await audit(ctx, { action: 'alert.close', subjectId: alert.id, detail: { reason } });
  touchAlert(ctx, alert);
  await ctx.publish(alertClosed, { alert, reason });
  return alert;
}
