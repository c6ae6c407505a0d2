import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { leadOn } from '../group/lead-on.ts';
import { releaseDownstream } from '../upstream/hold-for-upstream.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { touchAlert } from './acknowledge-alert.ts';
import type { Alert } from './alert.ts';
import type { CloseReason } from './contract.ts';
import { alertClosed } from './events.ts';
import { holdEvidence } from './hold-evidence.ts';
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

/** The same for a person, who is told when it is closed already. */
export async function closeByHand(ctx: Ctx, alertId: string): Promise<Alert> {
  const before = await lockAlert(ctx, alertId);
  if (!before) throw notFound('alert', alertId);
  if (before.state === 'closed') throw conflict(`This alert is closed already (${before.closeReason ?? 'closed'}).`);
  return await closeLocked(ctx, before, 'by-hand');
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
    snoozedUntil: null,
    promptDueAt: null,
    suspectDueAt: null,
    announce: null,
    raisedFrom: null,
    ...(reason === 'dismissed' ? { disposition: 'dismissed' as const, dismissReason } : {}),
    ...(reason === 'false-alarm' ? { disposition: 'false-alarm' as const } : {}),
  });
  if (!alert) return before;
  await holdEvidence(ctx, alert);
  await audit(ctx, { action: 'alert.close', subjectId: alert.id, detail: { reason } });
  await writeEntry(ctx, {
    alertId: alert.id,
    kind: 'closed',
    text: closeSentence(reason, dismissReason),
    data: { reason },
  });
  touchAlert(ctx, alert);
  await leadOn(ctx, alert);
  await releaseDownstream(ctx, alert);
  await ctx.publish(alertClosed, { alert, reason });
  return alert;
}

function closeSentence(reason: CloseReason, why: string | null): string {
  switch (reason) {
    case 'dismissed':
      return why === null ? 'Closed it: not an incident.' : `Closed it, not an incident: ${why}`;
    case 'false-alarm':
      return 'Closed it: its incident was a false alarm.';
    case 'quiet':
      return 'Closed it: its sender had nothing more to say for as long as the workspace allows.';
    case 'by-hand':
      return 'Closed it.';
    case 'recovered':
    case 'resolved':
      return 'Closed it: it is over, by what its sender says.';
    default:
      return reason satisfies never;
  }
}
