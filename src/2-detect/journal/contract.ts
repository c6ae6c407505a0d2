import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';

export const alertEntryKind = z.enum([
  'raised',
  'acknowledged',
  'snoozed',
  'muted',
  'grouped',
  'upstream',
  'returned',
  'reassigned',
  'escalated',
  'note',
  'linked',
  'unlinked',
  'closed',
]);
export type AlertEntryKind = z.output<typeof alertEntryKind>;

/** One line of what was done about an alert. */
export const alertEntry = z.object({
  id: id('ale'),
  at: instant,
  kind: alertEntryKind,
  /** A sentence without its subject: who did it stands beside it. */
  text: z.string(),
  /** Null when Allclear itself acted; `actorName` then names its part. */
  actorUserId: z.string().nullable(),
  actorName: z.string().nullable(),
  /** Where the act came from: web, api, cli, link, chat, email or system. */
  channel: z.string(),
});
export type AlertEntryView = z.output<typeof alertEntry>;

export const listAlertJournal = defineRoute({
  method: 'get',
  path: '/alerts/{id}/journal',
  permission: 'alerts.read',
  tag: 'Alerts',
  summary: 'What was done about an alert, by whom and when, newest first',
  params: idParams('alt'),
  query: pageQuery,
  response: listOf(alertEntry),
});
