import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant } from '#kernel/schema.ts';
import { signalSeverity } from '../alert/contract.ts';

/** When two tickets are one alert, and how bad a ticket is. */
export const ticketRule = z.object({
  /** `component` goes by subject where a ticket names none; `ticket` = each ticket by itself. */
  sameBy: z.enum(['subject', 'component', 'ticket']),
  severity: signalSeverity,
});
export type TicketRule = z.output<typeof ticketRule>;

const sourceTicketRule = ticketRule.extend({
  alertSourceId: id('src'),
  /** Null = as it is at first: by subject, a warning. */
  changedAt: instant.nullable(),
});

const tag = 'Alert sources';

export const readTicketRule = defineRoute({
  method: 'get',
  path: '/alert-sources/{id}/ticket-rule',
  permission: 'alert-sources.read',
  tag,
  summary: 'Read when tickets of a help desk are one alert',
  params: idParams('src'),
  response: sourceTicketRule,
});

export const saveTicketRule = defineRoute({
  method: 'put',
  path: '/alert-sources/{id}/ticket-rule',
  permission: 'alert-sources.manage',
  tag,
  summary: 'Say when tickets of a help desk are one alert, and how bad they are',
  params: idParams('src'),
  body: ticketRule,
  response: sourceTicketRule,
});
