import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { selectAlertSource } from '../alert-source/store.ts';
import { readTicketRule, saveTicketRule } from './contract.ts';
import { saveTicketRuleOf } from './save-ticket-rule.ts';
import { selectTicketRule } from './store.ts';
import { USUAL_TICKET_RULE } from './ticket.ts';

export const ticketRoutes: readonly RouteBinding[] = [
  bind(readTicketRule, (ctx, { params }) => present(ctx, params.id)),
  bind(saveTicketRule, async (ctx, { params, body }) => {
    await saveTicketRuleOf(ctx, params.id, body);
    return await present(ctx, params.id);
  }),
];

async function present(ctx: Ctx, alertSourceId: string) {
  const source = await selectAlertSource(ctx, alertSourceId);
  if (!source) throw notFound('alert source', alertSourceId);
  const row = await selectTicketRule(ctx.transaction, source);
  const { sameBy, severity } = row ?? USUAL_TICKET_RULE;
  return { alertSourceId, sameBy, severity, changedAt: row?.changedAt.toISOString() ?? null };
}
