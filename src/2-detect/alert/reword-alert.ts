import type { Ctx } from '#platform/ctx.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { labelsOf } from '../signal/claim.ts';
import { storableJson } from '../signal/intake-body.ts';
import { touchAlert } from './acknowledge-alert.ts';
import type { Alert } from './alert.ts';
import { updateAlert } from './store.ts';

type Evidence = Readonly<Record<string, unknown>>;
type Labels = Readonly<Record<string, string>>;
export type Rewording = { readonly title?: string; readonly evidence?: Evidence; readonly labels?: Labels };

/** The sender of an alert that is not closed says it in other words; it is not one more signal. */
export async function rewordAlert(ctx: Ctx, before: Alert, wanted: Rewording): Promise<void> {
  const title = wanted.title === undefined || wanted.title === '' ? before.title : wanted.title;
  const evidence =
    wanted.evidence === undefined ? before.evidence : (JSON.parse(storableJson(wanted.evidence)) as Evidence);
  const labels = wanted.labels === undefined ? before.labels : (JSON.parse(labelsOf(wanted.labels)) as Labels);
  const isSame =
    title === before.title &&
    JSON.stringify(evidence) === JSON.stringify(before.evidence) &&
    areSame(labels, before.labels);
  if (isSame || before.state === 'closed') return;
  const alert = await updateAlert(ctx, before.id, ['open', 'acknowledged'], {
    title,
    evidence,
    labels: { ...labels },
  });
  if (!alert) return;
  if (title !== before.title)
    await writeEntry(ctx, { alertId: alert.id, kind: 'note', text: `Its sender says now: ${title}` });
  touchAlert(ctx, alert);
}

/** Whatever their order, which a database does not keep. */
function areSame(a: Labels, b: Labels): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && a[name] === b[name]);
}
