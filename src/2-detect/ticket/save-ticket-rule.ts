import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { selectAlertSource } from '../alert-source/store.ts';
import type { TicketRule } from './contract.ts';
import { upsertTicketRule } from './store.ts';

/** Says when tickets of a source are one alert. Refuses a source of another kind. */
export async function saveTicketRuleOf(ctx: Ctx, alertSourceId: string, rule: TicketRule): Promise<void> {
  const source = await selectAlertSource(ctx, alertSourceId);
  if (!source) throw notFound('alert source', alertSourceId);
  if (source.kind !== 'ticket') throw conflict(`A source of the kind ${source.kind} takes no tickets.`);
  await upsertTicketRule(ctx, { workspaceId: ctx.workspaceId, alertSourceId, ...rule, changedAt: ctx.now });
  await audit(ctx, { action: 'alert-source.ticket-rule', subjectId: alertSourceId, detail: { ...rule } });
  ctx.touch('settings');
}
