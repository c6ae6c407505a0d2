import { isChannelConfigured } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import { selfId } from './own-method.ts';
import { presentMethod, presentRule } from './present.ts';
import { findMethodsOf, findRulesOf } from './store.ts';

/** A person's contact methods, oldest first; other people's addresses are masked. At most ten, so always one page. */
export async function listContactMethods(ctx: Ctx, userId: string | undefined) {
  const self = selfId(ctx);
  const rows = await findMethodsOf(ctx, [userId ?? self]);
  const mailWorks = await isChannelConfigured(ctx, 'email');
  return { items: rows.map((row) => presentMethod(row, mailWorks, row.userId === self)), nextCursor: null };
}

/** A person's notification rules, high urgency first. */
export async function listNotificationRules(ctx: Ctx, userId: string | undefined) {
  const rows = await findRulesOf(ctx, [userId ?? selfId(ctx)]);
  return { items: rows.map(presentRule), nextCursor: null };
}
