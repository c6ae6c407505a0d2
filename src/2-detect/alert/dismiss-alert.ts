import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { touchAlert } from './acknowledge-alert.ts';
import { type Alert, mayDismiss } from './alert.ts';
import { closeLocked } from './close-alert.ts';
import { lockAlert, updateAlert } from './store.ts';

/**
 * "Not an incident": closes the alert without blame; signals that repeat it stay quiet until its source has recovered
 * (or, for a sender that never says so, was quiet for an hour). Refuses an alert that belongs to an incident.
 */
export async function dismissAlert(
  ctx: Ctx,
  alertId: string,
  { reason }: { reason?: string | undefined },
): Promise<Alert> {
  const before = await lockAlert(ctx, alertId);
  if (!before) throw notFound('alert', alertId);
  const may = mayDismiss(before);
  if (!may.ok) throw conflict(may.message);
  if (!may.changes) return before;
  if (before.state !== 'closed') return await closeLocked(ctx, before, 'dismissed', reason ?? null);
  const alert = await updateAlert(ctx, alertId, ['closed'], {
    disposition: 'dismissed',
    dismissReason: reason ?? null,
  });
  await writeEntry(ctx, { alertId, kind: 'closed', text: 'Said that it was not an incident.' });
  touchAlert(ctx, before);
  return alert ?? before;
}
