import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { markCoverageStale } from '../coverage/mark-stale.ts';
import type { NotificationRuleView, Urgency } from './contract.ts';
import { ownMethod, selfId } from './own-method.ts';
import { presentRule } from './present.ts';
import { deleteRule, findRule, insertRule, type NotificationRuleRow, updateRuleDelay } from './store.ts';

export type NewRule = { readonly contactMethodId: string; readonly urgency: Urgency; readonly delaySeconds: number };

/** Adds a rule for one of one's own methods; each has at most one per urgency. */
export async function createNotificationRule(ctx: Ctx, wanted: NewRule): Promise<NotificationRuleView> {
  const method = await ownMethod(ctx, wanted.contactMethodId);
  const row = {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('rul'),
    userId: method.userId,
    contactMethodId: method.id,
    urgency: wanted.urgency,
    delaySeconds: wanted.delaySeconds,
    createdAt: ctx.now,
  };
  if (!(await insertRule(ctx, row))) {
    throw conflict(`This contact method has a rule for ${wanted.urgency} urgency already. Change its delay instead.`);
  }
  await audit(ctx, { action: 'notification-rule.create', subjectId: row.id, detail: wanted });
  await markCoverageStale(ctx);
  ctx.touch('members');
  return presentRule(row);
}

/** Changes the delay of one's own rule. */
export async function changeNotificationRule(
  ctx: Ctx,
  id: string,
  delaySeconds: number,
): Promise<NotificationRuleView> {
  await ownRule(ctx, id);
  const row = await updateRuleDelay(ctx, id, delaySeconds);
  if (!row) throw notFound('notification rule', id);
  await audit(ctx, { action: 'notification-rule.change', subjectId: id, detail: { delaySeconds } });
  await markCoverageStale(ctx);
  ctx.touch('members');
  return presentRule(row);
}

/** Removes one's own rule. */
export async function deleteNotificationRule(ctx: Ctx, id: string): Promise<void> {
  await ownRule(ctx, id);
  await deleteRule(ctx, id);
  await audit(ctx, { action: 'notification-rule.delete', subjectId: id });
  await markCoverageStale(ctx);
  ctx.touch('members');
}

async function ownRule(ctx: Ctx, id: string): Promise<NotificationRuleRow> {
  const rule = await findRule(ctx, id);
  if (!rule || rule.userId !== selfId(ctx)) throw notFound('notification rule', id);
  return rule;
}
