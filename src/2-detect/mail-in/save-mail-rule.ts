import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { selectAlertSource } from '../alert-source/store.ts';
import type { MailRule } from './contract.ts';
import { upsertMailRule } from './store.ts';

/** Says what a source takes from the subjects of its mails. Refuses a source of another kind. */
export async function saveMailRuleOf(ctx: Ctx, alertSourceId: string, rule: MailRule): Promise<void> {
  const source = await selectAlertSource(ctx, alertSourceId);
  if (!source) throw notFound('alert source', alertSourceId);
  if (source.kind !== 'email') throw conflict(`A source of the kind ${source.kind} takes no mail, so it has no words.`);
  await upsertMailRule(ctx, {
    workspaceId: ctx.workspaceId,
    alertSourceId,
    resolvedWords: rule.resolvedWords.map(storable),
    ignoredWords: rule.ignoredWords.map(storable),
    severity: rule.severity,
    changedAt: ctx.now,
  });
  await audit(ctx, { action: 'alert-source.mail-rule', subjectId: alertSourceId, detail: { severity: rule.severity } });
  ctx.touch('settings');
}

/** Text as PostgreSQL takes it. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}
