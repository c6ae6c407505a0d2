import type { Ctx } from '#platform/ctx.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { touchAlert } from './acknowledge-alert.ts';
import { type Alert, isGraver } from './alert.ts';
import type { SignalSeverity } from './contract.ts';
import { updateAlert } from './store.ts';

/**
 * The sender of an alert says that it is less grave than it said. That counts as long as nobody here has taken the alert
 * into hand: acknowledged it, given it to somebody, decided about it. Pages that run go on, as nobody is ever un-paged; what
 * is still to come (the question whether it is an incident, a page after a hold) goes by the new severity. Whether it did.
 */
export async function lowerAlert(ctx: Ctx, before: Alert, severity: SignalSeverity): Promise<boolean> {
  const { state, assigneeId, incidentId, disposition, snoozedUntil } = before;
  const isTaken = assigneeId !== null || incidentId !== null || disposition !== null || snoozedUntil !== null;
  if (state !== 'open' || isTaken || !isGraver(before.severity, severity)) return false;
  const clocks = severity === 'critical' ? {} : { promptDueAt: null, suspectDueAt: null };
  const alert = await updateAlert(ctx, before.id, ['open'], { severity, ...clocks });
  if (!alert) return false;
  const text = `Its sender lowered it from ${before.severity} to ${severity}.`;
  await writeEntry(ctx, { alertId: alert.id, kind: 'note', text });
  touchAlert(ctx, alert);
  return true;
}
