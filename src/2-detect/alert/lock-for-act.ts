import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Alert, AlertRefusal } from './alert.ts';
import { lockAlert, updateAlert } from './store.ts';
import type { AlertTables } from './tables.ts';
import type { Updateable } from 'kysely';

const NOT_CLOSED = ['open', 'acknowledged'] as const;

type May = { readonly ok: true; readonly changes: boolean } | AlertRefusal;

/** Locks an alert that somebody wants to act on; `changes` is false when the act has nothing to do. Refuses with the reason. */
export async function lockForAct(
  ctx: Ctx,
  alertId: string,
  may: (alert: Alert) => May,
): Promise<{ readonly alert: Alert; readonly changes: boolean }> {
  const alert = await lockAlert(ctx, alertId);
  if (!alert) throw notFound('alert', alertId);
  const answer = may(alert);
  if (!answer.ok) throw conflict(answer.message);
  return { alert, changes: answer.changes };
}

/** Changes an alert that this transaction holds and that is not closed. */
export async function changeLocked(ctx: Ctx, alert: Alert, change: Updateable<AlertTables['alert']>): Promise<Alert> {
  const after = await updateAlert(ctx, alert.id, NOT_CLOSED, change);
  if (!after) throw conflict('This alert has just changed. Look at it again.');
  return after;
}
