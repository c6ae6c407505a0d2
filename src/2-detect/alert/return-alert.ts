import { audit } from '#access';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { routingInUse } from '../route/read-routing.ts';
import { touchAlert } from './acknowledge-alert.ts';
import { type Alert, mayUnacknowledge } from './alert.ts';
import { alertReturned, type ReturnReason } from './events.ts';
import { changeLocked, lockForAct } from './lock-for-act.ts';

type Kept = Extract<ReturnReason, 'unacknowledged' | 'snooze-over' | 'graver'>;

const WORDS: Record<Kept, string> = {
  unacknowledged: 'Took the acknowledgement back: it is open and pages again.',
  'snooze-over': 'The snooze is over: it is open and pages again.',
  graver: 'It got graver than it was when somebody answered it, so it is open and pages again.',
};

/** Takes an acknowledgement or a snooze back. An open alert stays as it is; refuses a closed one, and one of an incident. */
export async function unacknowledgeAlert(ctx: Ctx, alertId: string): Promise<Alert> {
  const { alert, changes } = await lockForAct(ctx, alertId, mayUnacknowledge);
  if (!changes) return alert;
  await audit(ctx, { action: 'alert.unacknowledge', subjectId: alertId });
  const open = await reopenLocked(ctx, alert, 'unacknowledged');
  await ctx.publish(alertReturned, { alert: open, why: 'unacknowledged' });
  return open;
}

/** An alert that this transaction holds is open again; later stages are yet to be told. */
export async function reopenLocked(ctx: Ctx, before: Alert, why: Kept): Promise<Alert> {
  const alert = await changeLocked(ctx, before, {
    state: 'open',
    acknowledgedBy: null,
    acknowledgedAt: null,
    snoozedUntil: null,
    asksAt: ctx.now,
    ...(await clockAgain(ctx, before, why)),
  });
  await writeEntry(ctx, { alertId: alert.id, kind: 'returned', text: WORDS[why], data: { why } });
  touchAlert(ctx, alert);
  return alert;
}

/** What pages nobody by itself may not lie there without a clock: its owner is asked when its time is up, or nobody looks. */
async function clockAgain(ctx: Ctx, before: Alert, why: Kept): Promise<{ readonly lookDueAt?: Date }> {
  const { severity, quiet, incidentId } = before;
  if (severity !== 'warning' || quiet !== null || incidentId !== null || before.drill) return {};
  if (before.urgency !== null) return {};
  if (why === 'snooze-over') return { lookDueAt: ctx.now };
  const { clockSeconds } = (await routingInUse(ctx)).compiled.catchAll;
  return { lookDueAt: addSeconds(ctx.now, clockSeconds) };
}
