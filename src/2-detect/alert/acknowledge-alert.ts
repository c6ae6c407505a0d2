import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { type Alert, mayAcknowledge } from './alert.ts';
import { alertAcknowledged } from './events.ts';
import { lockAlert, updateAlert } from './store.ts';

/** Marks an open alert as seen by somebody; a second acknowledgement changes nothing. Refuses a closed one. */
export async function acknowledgeAlert(ctx: Ctx, alertId: string, { byUserId }: { byUserId: string }): Promise<Alert> {
  const before = await lockAlert(ctx, alertId);
  if (!before) throw notFound('alert', alertId);
  const may = mayAcknowledge(before);
  if (!may.ok) throw conflict(may.message);
  if (!may.changes) return before;
  const change = { state: 'acknowledged', acknowledgedBy: byUserId, acknowledgedAt: ctx.now } as const;
  const alert = await updateAlert(ctx, alertId, ['open'], change);
  if (!alert) throw conflict('This alert has just changed. Look at it again.');
  await audit(ctx, { action: 'alert.acknowledge', subjectId: alertId, detail: { byUserId } });
  await writeEntry(ctx, { alertId, kind: 'acknowledged', text: 'Acknowledged it.', data: { byUserId } });
  touchAlert(ctx, alert);
  await ctx.publish(alertAcknowledged, { alert, userId: byUserId });
  return alert;
}

/** Tells open dashboards that an alert changed. */
export function touchAlert(ctx: Ctx, alert: Pick<Alert, 'id'>): void {
  ctx.touch('alerts');
  ctx.touch(`alert:${alert.id}`);
}
