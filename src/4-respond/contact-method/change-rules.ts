import { audit } from '#access';
import { AppError, conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { markCoverageStale } from '../coverage/mark-stale.ts';
import { CONTACT_METHOD_LIMITS, type NotificationRuleView, type Urgency } from './contract.ts';
import { ownMethod, selfId } from './own-method.ts';
import { presentRule } from './present.ts';
import {
  deleteRule,
  findRule,
  findRulesOf,
  insertRule,
  lockPerson,
  type NotificationRuleRow,
  updateRuleDelay,
} from './store.ts';

export type NewRule = { readonly contactMethodId: string; readonly urgency: Urgency; readonly delaySeconds: number };

/** Adds a rule for one of one's own methods: it may tell several times, but not twice at one time. */
export async function createNotificationRule(ctx: Ctx, wanted: NewRule): Promise<NotificationRuleView> {
  const method = await ownMethod(ctx, wanted.contactMethodId);
  await lockPerson(ctx, method.userId);
  const { rulesPerUrgency: most } = CONTACT_METHOD_LIMITS;
  if ((await rulesLike(ctx, { ...wanted, userId: method.userId })).length >= most)
    throw new AppError('limit', `A contact method can have ${most} rules for an urgency. Remove one first.`);
  const row = {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('rul'),
    userId: method.userId,
    contactMethodId: method.id,
    urgency: wanted.urgency,
    delaySeconds: wanted.delaySeconds,
    createdAt: ctx.now,
  };
  if (!(await insertRule(ctx, row))) throw sameTime();
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
  await lockPerson(ctx, selfId(ctx));
  const rule = await ownRule(ctx, id);
  const others = (await rulesLike(ctx, rule)).filter((one) => one.id !== id);
  if (others.some((one) => one.delaySeconds === delaySeconds)) throw sameTime();
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

const sameTime = () => conflict('This contact method has a rule for that urgency at that time already.');

/** The rules of the same method for the same urgency. */
async function rulesLike(
  ctx: Ctx,
  { userId, contactMethodId, urgency }: Pick<NotificationRuleRow, 'userId' | 'contactMethodId' | 'urgency'>,
): Promise<NotificationRuleRow[]> {
  const rules = await findRulesOf(ctx, [userId]);
  return rules.filter((one) => one.contactMethodId === contactMethodId && one.urgency === urgency);
}

async function ownRule(ctx: Ctx, id: string): Promise<NotificationRuleRow> {
  const rule = await findRule(ctx, id);
  if (!rule || rule.userId !== selfId(ctx)) throw notFound('notification rule', id);
  return rule;
}
