import { audit } from '#access';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type AlertSourceRow, selectAlertSource, updateShadow } from './store.ts';

/**
 * Puts a source into shadow, or lets it go live: what it sends from now on pages. Alerts that came in shadow stay quiet
 * until they get graver or come anew.
 */
export async function changeShadow(ctx: Ctx, sourceId: string, shadow: boolean): Promise<AlertSourceRow> {
  const before = await selectAlertSource(ctx, sourceId);
  if (!before) throw notFound('alert source', sourceId);
  if (before.shadow === shadow) return before;
  await updateShadow(ctx, sourceId, shadow);
  await audit(ctx, { action: shadow ? 'alert-source.shadow' : 'alert-source.go-live', subjectId: sourceId });
  ctx.touch('settings');
  return { ...before, shadow };
}
