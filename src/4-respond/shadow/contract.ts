import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { alertUrgency } from '#detect/contract';
import { channelKind } from '#delivery/contract';
import { id, instant, listOf, pageQuery } from '#kernel/schema.ts';
import { planStep } from '../escalation/contract.ts';

/** What would have been paged for an alert whose source is in shadow, as everything was at that instant. */
export const shadowPage = z.object({
  id: id('shp'),
  at: instant,
  alertId: id('alt'),
  alertTitle: z.string(),
  alertSourceId: id('src'),
  alertSourceName: z.string().nullable(),
  urgency: alertUrgency,
  /** Why nobody would have been paged; null when somebody would. */
  why: z.string().nullable(),
  /** A route would have declared an incident. */
  declares: z.boolean(),
  policyName: z.string().nullable(),
  policyVersion: z.number().int().nullable(),
  /** When the alert was acknowledged or closed, by its sender or by somebody; null while it goes on. */
  endedAt: instant.nullable(),
  steps: z.array(planStep),
  /** Every message of the plan in order of time. */
  messages: z.array(
    z.object({
      userId: z.string(),
      userName: z.string(),
      kind: channelKind,
      address: z.string(),
      step: z.number().int(),
      at: instant,
      /** False when the alert had ended before it was due. */
      due: z.boolean(),
    }),
  ),
});
export type ShadowPageView = z.output<typeof shadowPage>;

export const listShadowPages = defineRoute({
  method: 'get',
  path: '/shadow-pages',
  permission: 'pages.read',
  tag: 'Pages',
  summary: 'What would have been paged for alerts of sources in shadow, newest first',
  query: pageQuery.extend({ alertSourceId: id('src').optional(), alertId: id('alt').optional() }),
  response: listOf(shadowPage),
});
