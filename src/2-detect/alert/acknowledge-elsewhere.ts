import { audit } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { touchAlert } from './acknowledge-alert.ts';
import { type Alert, mayAcknowledge } from './alert.ts';
import { alertAcknowledgedElsewhere } from './events.ts';
import { lockHolder, updateAlert } from './store.ts';

/**
 * Marks the alert that holds a key of a sender as acknowledged, because the sender says that somebody there is on it: no
 * person here is named, and paging stops. Null when no alert that is not closed holds the key; one that is acknowledged
 * already stays as it is.
 */
export async function acknowledgeElsewhere(
  ctx: Ctx,
  key: { readonly scope: string; readonly dedupKey: string },
  sender: string,
): Promise<Alert | null> {
  const before = await lockHolder(ctx, key);
  if (!before || !mayAcknowledge(before).ok) return null;
  const change = { state: 'acknowledged', acknowledgedBy: null, acknowledgedAt: ctx.now } as const;
  const alert = await updateAlert(ctx, before.id, ['open'], change);
  if (!alert) return before;
  await audit(ctx, { action: 'alert.acknowledge', subjectId: alert.id, detail: { sender } });
  await writeEntry(ctx, { alertId: alert.id, kind: 'acknowledged', text: `Acknowledged it at its sender, ${sender}.` });
  touchAlert(ctx, alert);
  await ctx.publish(alertAcknowledgedElsewhere, { alert, sender });
  return alert;
}
