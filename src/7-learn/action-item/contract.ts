import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { calendarDate, id, idParams, instant, line, listOf, pageQuery, queryFlag } from '#kernel/schema.ts';

export const actionItemState = z.enum(['open', 'done', 'waived']);

export const actionItem = z.object({
  id: id('act'),
  incidentId: id('inc'),
  incidentReference: z.string(),
  title: z.string(),
  doneWhen: z.string(),
  ownerId: z.string(),
  dueOn: calendarDate,
  state: actionItemState,
  overdue: z.boolean(),
  waivedReason: z.string().nullable(),
  settledAt: instant.nullable(),
  /** Every moved date keeps its reason. */
  moves: z.array(z.object({ from: calendarDate, to: calendarDate, reason: z.string(), at: instant })),
  createdAt: instant,
});

const tag = 'Action items';
const draft = z.object({
  /** What will be done, starting with a verb. */
  title: line(200),
  /** How anybody can see that it is done. */
  doneWhen: line(500),
  ownerId: id('usr'),
  dueOn: calendarDate,
});

export const listActionItemsRoute = defineRoute({
  method: 'get',
  path: '/action-items',
  permission: 'action-items.read',
  tag,
  summary: 'List action items, next due first',
  query: pageQuery.extend({
    state: actionItemState.optional(),
    incidentId: id('inc').optional(),
    ownerId: id('usr').optional(),
    overdue: queryFlag.optional(),
  }),
  response: listOf(actionItem),
});

export const createActionItemRoute = defineRoute({
  method: 'post',
  path: '/incidents/{id}/action-items',
  permission: 'action-items.write',
  tag,
  summary: 'Raise an action item: specific, verifiable, owned by one person, dated; refused otherwise',
  params: idParams('inc'),
  body: draft,
  response: actionItem,
  status: 201,
});

export const editActionItemRoute = defineRoute({
  method: 'patch',
  path: '/action-items/{id}',
  permission: 'action-items.write',
  tag,
  summary: 'Change an open action item; a moved date needs a reason',
  params: idParams('act'),
  body: draft.partial().extend({ reason: line(500).optional() }),
  response: actionItem,
});

export const finishActionItemRoute = defineRoute({
  method: 'post',
  path: '/action-items/{id}/done',
  permission: 'action-items.write',
  tag,
  summary: 'Say that an action item is done',
  params: idParams('act'),
  response: actionItem,
});

export const waiveActionItemRoute = defineRoute({
  method: 'post',
  path: '/action-items/{id}/waive',
  permission: 'action-items.write',
  tag,
  summary: 'Give an action item up, with a reason',
  params: idParams('act'),
  body: z.object({ reason: line(500) }),
  response: actionItem,
});
