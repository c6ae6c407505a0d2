import { audit } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { touchAlert } from './acknowledge-alert.ts';
import { type Alert, mayPageAnew } from './alert.ts';
import { alertEscalated } from './events.ts';
import { lockForAct } from './lock-for-act.ts';

/**
 * Asks the next people now, also when somebody has acknowledged, and begins paging for an alert that paged nobody. Refuses
 * a closed alert, one of an incident, and one whose steps are all gone through.
 */
export async function escalateAlert(ctx: Ctx, alertId: string): Promise<Alert> {
  const { alert } = await lockForAct(ctx, alertId, mayPageAnew);
  await ctx.publish(alertEscalated, { alert });
  await audit(ctx, { action: 'alert.escalate', subjectId: alertId });
  await writeEntry(ctx, { alertId, kind: 'escalated', text: 'Asked the next people now.' });
  touchAlert(ctx, alert);
  return alert;
}
