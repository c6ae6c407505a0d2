import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { selectAlertSource } from '../alert-source/store.ts';
import { listIgnoredMail, readMailRule, saveMailRule } from './contract.ts';
import { saveMailRuleOf } from './save-mail-rule.ts';
import { selectIgnoredMail, selectMailRule } from './store.ts';
import { USUAL_RULE } from './subject.ts';

export const mailInRoutes: readonly RouteBinding[] = [
  bind(readMailRule, (ctx, { params }) => present(ctx, params.id)),
  bind(saveMailRule, async (ctx, { params, body }) => {
    await saveMailRuleOf(ctx, params.id, body);
    return await present(ctx, params.id);
  }),
  bind(listIgnoredMail, async (ctx, { params }) => {
    if (!(await selectAlertSource(ctx, params.id))) throw notFound('alert source', params.id);
    const rows = await selectIgnoredMail(ctx, params.id);
    return { items: rows.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() })), nextCursor: null };
  }),
];

async function present(ctx: Ctx, alertSourceId: string) {
  const source = await selectAlertSource(ctx, alertSourceId);
  if (!source) throw notFound('alert source', alertSourceId);
  const row = await selectMailRule(ctx.transaction, source);
  const { resolvedWords, ignoredWords, severity } = row ?? USUAL_RULE;
  return { alertSourceId, resolvedWords, ignoredWords, severity, changedAt: row?.changedAt.toISOString() ?? null };
}
