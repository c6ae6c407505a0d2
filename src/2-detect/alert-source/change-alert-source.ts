import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type AlertSourceRow, selectAlertSource, updateAlertSource } from './store.ts';

export type AlertSourceChange = {
  readonly shadow?: boolean | undefined;
  readonly signalsPerMinute?: number | null | undefined;
};

/**
 * Puts a source into shadow, or lets it go live: what it sends from now on pages. Alerts that came in shadow stay quiet
 * until they get graver or come anew. Limits how many signals a minute it may send, which every node minds within two
 * seconds; refuses that for a form, which minds its visitors itself.
 */
export async function changeSource(ctx: Ctx, sourceId: string, change: AlertSourceChange): Promise<AlertSourceRow> {
  const before = await selectAlertSource(ctx, sourceId);
  if (!before) throw notFound('alert source', sourceId);
  const { shadow = before.shadow, signalsPerMinute = before.signalsPerMinute } = change;
  if (signalsPerMinute !== null && before.kind === 'form')
    throw conflict('This source is the form of a status page, which minds by itself how much each visitor sends.');
  if (shadow !== before.shadow)
    await audit(ctx, { action: shadow ? 'alert-source.shadow' : 'alert-source.go-live', subjectId: sourceId });
  if (signalsPerMinute !== before.signalsPerMinute)
    await audit(ctx, { action: 'alert-source.limit', subjectId: sourceId, detail: { signalsPerMinute } });
  await updateAlertSource(ctx, sourceId, { shadow, signalsPerMinute });
  ctx.touch('settings');
  return { ...before, shadow, signalsPerMinute };
}
