import type { Ctx } from '#platform/ctx.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { touchAlert } from './acknowledge-alert.ts';
import type { Alert } from './alert.ts';
import { readAlert } from './read-alerts.ts';

/** Writes a note into the journal of an alert, whatever its state. */
export async function noteAlert(ctx: Ctx, alertId: string, body: string): Promise<Alert> {
  const alert = await readAlert(ctx, alertId);
  await writeEntry(ctx, { alertId, kind: 'note', text: body });
  touchAlert(ctx, alert);
  return alert;
}
