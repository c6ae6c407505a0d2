import type { Ctx } from '#platform/ctx.ts';
import { type Alert, type AlertReason, urgencyOf } from '../alert/alert.ts';
import type { AlertQuiet, AlertUrgency } from '../alert/contract.ts';
import { updateAlert } from '../alert/store.ts';

const ANY = ['open', 'acknowledged'] as const;

/** What would have become of an alert if its source were not in shadow. */
export type Would = {
  readonly urgency: AlertUrgency;
  readonly quiet: AlertQuiet | null;
  readonly declares: boolean;
};

/** An alert of a source in shadow, decided about like any other, asks nobody, and nobody is asked to decide about it. */
export async function intoShadow(
  ctx: Ctx,
  alert: Alert,
  declares: boolean,
): Promise<{ readonly alert: Alert; readonly would: Would }> {
  const would = { urgency: urgencyOf(alert), quiet: alert.quiet, declares };
  const reason: AlertReason = {
    kind: 'outcome',
    text: 'Its source is in shadow: nobody is paged, and what would have been paged is kept.',
  };
  const changed = await updateAlert(ctx, alert.id, ANY, {
    quiet: 'shadow',
    quietUntil: null,
    muteId: null,
    quietBy: null,
    promptDueAt: null,
    suspectDueAt: null,
    lookDueAt: null,
    reasons: JSON.stringify([...(alert.reasons ?? []).filter(({ text }) => text !== reason.text), reason]),
  });
  return { alert: changed ?? alert, would };
}
