import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { foldBy } from '../fold/contract.ts';
import { id, instant, listOf } from '#kernel/schema.ts';

/** More alerts than a person can read, asking as one. */
export const alertStorm = z.object({
  id: id('grp'),
  /** The alert that asks for all of them. */
  leadId: id('alt'),
  openedAt: instant,
  lastAt: instant,
  /** When it is over unless more come. */
  openUntil: instant,
  count: z.number().int(),
  open: z.number().int(),
  /** What they have in common, as the list of them is folded; nothing when they only came at the same time. */
  by: foldBy,
  causes: z.array(z.object({ name: z.string(), count: z.number().int() })),
});
export type AlertStormView = z.output<typeof alertStorm>;

export const listStorms = defineRoute({
  method: 'get',
  path: '/alert-storms',
  permission: 'alerts.read',
  tag: 'Alerts',
  summary: 'Storms that go on, with counts and what the alerts have in common',
  description:
    'One for each escalation policy; as many monitors of one address that failed together are one of their own.',
  response: listOf(alertStorm),
});
