import { audit } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { makeAlertSource } from '../alert-source/make-alert-source.ts';
import { markAlertSourceDeleted, updateAlertSourceName } from '../alert-source/store.ts';

const nameOf = (pageName: string) => `Reports on ${pageName}`.slice(0, 100);

/** Opens a way in for what visitors of a page report; the id of its alert source. */
export async function openReportForm(ctx: Ctx, pageName: string): Promise<string> {
  return (await makeAlertSource(ctx, { name: nameOf(pageName), kind: 'form' })).id;
}

/** Names the way in after its page. */
export async function nameReportForm(ctx: Ctx, alertSourceId: string, pageName: string): Promise<void> {
  await updateAlertSourceName(ctx, alertSourceId, nameOf(pageName));
  ctx.touch('settings');
}

/** Closes it; the alerts that came by it stay. */
export async function closeReportForm(ctx: Ctx, alertSourceId: string): Promise<void> {
  if (!(await markAlertSourceDeleted(ctx, alertSourceId))) return;
  await audit(ctx, { action: 'alert-source.delete', subjectId: alertSourceId });
  ctx.touch('settings');
}
