import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, instant, listOf, pageQuery } from '#kernel/schema.ts';

/**
 * `held`: waits for business hours. `step`: a step began, and why. `hurried`: why the next step does not wait for its
 * time. `planned`: a message to somebody is due. `folded`: it goes out with others in one message. `waiting`: it goes out
 * once a check has told whether it is still true. `handed-over`: the provider took it. `delivered`: the provider says that
 * it arrived. `slow`: it took its time, so the next method went out as well. `failed`: one try failed. `dropped`, `cancelled`: it was not sent, and why. `seen`: somebody opened its link.
 * `acknowledged`: somebody answered. `exhausted`: no further step comes. `ended`: the page is over.
 */
export const pageEntryKind = z.enum([
  'held',
  'step',
  'hurried',
  'planned',
  'folded',
  'waiting',
  'handed-over',
  'delivered',
  'slow',
  'failed',
  'dropped',
  'cancelled',
  'seen',
  'acknowledged',
  'exhausted',
  'ended',
]);
export type PageEntryKind = z.output<typeof pageEntryKind>;

/** One fact about a page, written down in the transaction in which it happened. */
export const pageEntry = z.object({
  id: id('pje'),
  at: instant,
  kind: pageEntryKind,
  pageId: id('pag'),
  pageTitle: z.string(),
  drill: z.boolean(),
  incidentId: z.string().nullable(),
  /** Whom it concerns; null for what concerns the page as a whole. */
  userId: z.string().nullable(),
  userName: z.string().nullable(),
  /** What a message travels by (`ntfy`, `email` …), or what an answer came by. */
  channel: z.string().nullable(),
  /** From 1. */
  step: z.number().int().nullable(),
  cycle: z.number().int().nullable(),
  dueAt: instant.nullable(),
  deliveryId: z.string().nullable(),
  /** Which try of the message it was, from 1. */
  attempt: z.number().int().nullable(),
  providerId: z.string().nullable(),
  /** One sentence: what happened, and why. */
  text: z.string(),
});
export type PageEntryView = z.output<typeof pageEntry>;

export const listPageEntries = defineRoute({
  method: 'get',
  path: '/page-journal',
  permission: 'pages.read',
  tag: 'Pages',
  summary: 'Read what happened to pages, newest first: due, handed over, seen, answered, and why each step began',
  description:
    'Pages from before the journal was kept have no entries. `userId` gives what concerns one person; what concerns a page as a whole is left out then.',
  query: pageQuery.extend({
    pageId: id('pag').optional(),
    incidentId: id('inc').optional(),
    userId: id('usr').optional(),
    from: instant.optional(),
    to: instant.optional(),
  }),
  response: listOf(pageEntry),
});
