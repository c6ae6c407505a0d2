import type { Ctx } from '#platform/ctx.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { touchAlert } from './acknowledge-alert.ts';
import type { Alert } from './alert.ts';
import { updateAlert } from './store.ts';

export type Rewording = { readonly title?: string; readonly evidence?: Readonly<Record<string, unknown>> };

/** The sender of an alert that is not closed says it in other words; it is not one more signal. */
export async function rewordAlert(ctx: Ctx, before: Alert, wanted: Rewording): Promise<void> {
  const title = wanted.title === undefined || wanted.title === '' ? before.title : wanted.title;
  const evidence = wanted.evidence ?? before.evidence;
  const isSame = title === before.title && JSON.stringify(evidence) === JSON.stringify(before.evidence);
  if (isSame || before.state === 'closed') return;
  const alert = await updateAlert(ctx, before.id, ['open', 'acknowledged'], { title, evidence });
  if (!alert) return;
  if (title !== before.title)
    await writeEntry(ctx, { alertId: alert.id, kind: 'note', text: `Its sender says now: ${title}` });
  touchAlert(ctx, alert);
}
