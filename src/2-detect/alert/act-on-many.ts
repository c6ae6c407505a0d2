import { AppError } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { acknowledgeAlert } from './acknowledge-alert.ts';
import type { Alert } from './alert.ts';
import { attempt } from './attempt-store.ts';
import { closeByHand } from './close-alert.ts';
import type { AlertState, BulkAct } from './contract.ts';
import { dismissAlert } from './dismiss-alert.ts';
import { escalateAlert } from './escalate-alert.ts';
import { noteAlert } from './note-alert.ts';
import { reassignAlert } from './reassign-alert.ts';
import { unacknowledgeAlert } from './return-alert.ts';
import { snoozeAlert } from './snooze-alert.ts';

export type BulkOutcome = {
  readonly alertId: string;
  readonly ok: boolean;
  readonly state: AlertState | null;
  readonly code: string | null;
  readonly message: string | null;
};

/**
 * Does one thing with many alerts; what one of them refuses is its outcome, and undoes nothing of the others. Refuses a list
 * of alerts that are all unknown. Whoever holds all of them may want them `as given`.
 */
export async function actOnMany(
  ctx: Ctx,
  alertIds: readonly string[],
  act: BulkAct,
  byUserId: string,
  order: 'by id' | 'as given' = 'by id',
): Promise<BulkOutcome[]> {
  const outcomes = new Map<string, BulkOutcome>();
  const each = [...new Set(alertIds)];
  // In the order of the ids, so that two of them at once never wait for each other in a circle.
  for (const alertId of order === 'by id' ? each.toSorted() : each)
    outcomes.set(alertId, await tryOn(ctx, alertId, act, byUserId));
  if ([...outcomes.values()].every(({ code }) => code === 'not_found'))
    throw new AppError('not_found', 'There is none of these alerts in this workspace.');
  return alertIds.flatMap((alertId) => outcomes.get(alertId) ?? []);
}

async function tryOn(ctx: Ctx, alertId: string, act: BulkAct, byUserId: string): Promise<BulkOutcome> {
  try {
    const { state } = await attempt(ctx, () => perform(ctx, alertId, act, byUserId));
    return { alertId, ok: true, state, code: null, message: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { alertId, ok: false, state: null, code: error.code, message: reasonOf(error) };
  }
}

/** What is wrong with a field says more than that something is. */
function reasonOf(error: AppError): string {
  const [first] = error.errors;
  return first === undefined ? error.message : `${first.path.replace(/^body\./, '')} ${first.message}`;
}

async function perform(ctx: Ctx, alertId: string, act: BulkAct, byUserId: string): Promise<Alert> {
  switch (act.act) {
    case 'acknowledge':
      return await acknowledgeAlert(ctx, alertId, { byUserId });
    case 'unacknowledge':
      return await unacknowledgeAlert(ctx, alertId);
    case 'close':
      return await closeByHand(ctx, alertId);
    case 'dismiss':
      return await dismissAlert(ctx, alertId, { reason: act.reason });
    case 'snooze':
      return await snoozeAlert(ctx, alertId, { until: new Date(act.until), byUserId });
    case 'reassign':
      return await reassignAlert(ctx, alertId, act);
    case 'escalate':
      return await escalateAlert(ctx, alertId);
    case 'note':
      return await noteAlert(ctx, alertId, act.body);
    default:
      return act satisfies never;
  }
}
