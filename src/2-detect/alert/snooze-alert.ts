import { audit } from '#access';
import { DAY_MS, formatDuration, secondsBetween } from '#kernel/duration.ts';
import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { touchAlert } from './acknowledge-alert.ts';
import { type Alert, mayPageAnew } from './alert.ts';
import { alertAcknowledged, alertAcknowledgedElsewhere } from './events.ts';
import { changeLocked, lockForAct } from './lock-for-act.ts';
import { ALERT_CLOCK } from './alert-clock.ts';

const LONGEST_MS = 30 * DAY_MS;

/**
 * Acknowledges an alert until a time, at most 30 days ahead; paging stops, and begins again when the time is up. A second
 * snooze moves the time. Refuses a closed alert, and one of an incident.
 */
export async function snoozeAlert(
  ctx: Ctx,
  alertId: string,
  { until, byUserId, sender }: { until: Date; byUserId: string | null; sender?: string },
): Promise<Alert> {
  const { alert: before } = await lockForAct(ctx, alertId, mayPageAnew);
  if (until <= ctx.now) throw invalid('body.until', 'must lie in the future');
  if (until.getTime() - ctx.now.getTime() > LONGEST_MS) throw invalid('body.until', 'must be at most 30 days from now');
  const alert = await changeLocked(ctx, before, {
    state: 'acknowledged',
    acknowledgedBy: byUserId,
    acknowledgedAt: ctx.now,
    snoozedUntil: until,
  });
  await audit(ctx, { action: 'alert.snooze', subjectId: alertId, detail: { until: until.toISOString() } });
  await writeEntry(ctx, {
    alertId,
    kind: 'snoozed',
    text: `Snoozed it for ${formatDuration(secondsBetween(ctx.now, until))}.`,
    data: { until: until.toISOString() },
  });
  touchAlert(ctx, alert);
  await ctx.wake(ALERT_CLOCK, until);
  if (before.state === 'open') {
    if (byUserId === null) await ctx.publish(alertAcknowledgedElsewhere, { alert, sender: sender ?? 'its sender' });
    else await ctx.publish(alertAcknowledged, { alert, userId: byUserId });
  }
  return alert;
}
