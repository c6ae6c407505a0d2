import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';

export const promiseKind = z.enum([
  'first-update',
  'next-update',
  'role-vacancy',
  'severity',
  'acknowledge',
  'postmortem',
  'action-item',
]);
export type PromiseKind = z.output<typeof promiseKind>;

const PROMISE_WORDS: Record<PromiseKind, string> = {
  'first-update': 'first public update',
  'next-update': 'next public update',
  'role-vacancy': 'somebody takes command',
  severity: 'somebody confirms the severity',
  acknowledge: 'somebody acknowledges',
  postmortem: 'postmortem',
  'action-item': 'action item',
};

/** What is owed, in the words of every screen, mail and command. */
export function promiseWords(kind: PromiseKind): string {
  return PROMISE_WORDS[kind];
}

export const promiseState = z.enum(['pending', 'kept', 'broken', 'waived']);
export type PromiseState = z.output<typeof promiseState>;

/** What is owed, by which role, by when. `broken` stays broken; `settledAt` then says when it was kept late. */
export const promiseView = z.object({
  id: id('prm'),
  kind: promiseKind,
  incidentId: z.string().nullable(),
  subjectId: z.string().nullable(),
  /** A role (`communications-lead`) or `owner` for a promise with a named person. */
  owedBy: z.string(),
  ownerUserId: z.string().nullable(),
  openedAt: instant,
  promptAt: instant.nullable(),
  warnAt: instant.nullable(),
  dueAt: instant,
  state: promiseState,
  settledAt: instant.nullable(),
  drill: z.boolean(),
});
export type PromiseView = z.output<typeof promiseView>;

const tag = 'Promises';

export const listIncidentPromises = defineRoute({
  method: 'get',
  path: '/incidents/{id}/promises',
  permission: 'incidents.read',
  tag,
  summary: 'Read what is owed in an incident, next due first, settled ones last',
  params: idParams('inc'),
  response: z.object({ items: z.array(promiseView), nextCursor: z.null() }),
});

export const listPromisesRoute = defineRoute({
  method: 'get',
  path: '/promises',
  permission: 'incidents.read',
  tag,
  summary: 'List promises of the workspace, next due first',
  query: pageQuery.extend({ state: promiseState.optional() }),
  response: listOf(promiseView),
});
