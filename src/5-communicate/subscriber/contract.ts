import { z } from 'zod';
import { defineRoute, email } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';

export const subscriberState = z.enum(['pending', 'confirmed', 'unsubscribed']);

/** Somebody who wants to be told. */
export const subscriber = z.object({
  id: id('sub'),
  statusPageId: id('spg'),
  email: z.string(),
  /** Nothing but the question for confirmation goes to a pending one. */
  state: subscriberState,
  /** Null = all components. */
  componentIds: z.array(id('cmp')).nullable(),
  createdAt: instant,
  confirmedAt: instant.nullable(),
  unsubscribedAt: instant.nullable(),
});
export type SubscriberView = z.output<typeof subscriber>;

const tag = 'Subscribers';

export const listSubscribers = defineRoute({
  method: 'get',
  path: '/status-pages/{id}/subscribers',
  permission: 'subscribers.read',
  tag,
  summary: 'List the subscribers of a page, newest first',
  params: idParams('spg'),
  query: pageQuery.extend({ state: subscriberState.optional() }),
  response: listOf(subscriber),
});

export const addSubscriber = defineRoute({
  method: 'post',
  path: '/status-pages/{id}/subscribers',
  permission: 'subscribers.manage',
  tag,
  summary: 'Invite an address; it is asked to confirm before anything else is sent to it',
  params: idParams('spg'),
  body: z.object({ email, componentIds: z.array(id('cmp')).min(1).max(200).optional() }),
  response: subscriber,
  status: 201,
});

export const removeSubscriber = defineRoute({
  method: 'delete',
  path: '/subscribers/{id}',
  permission: 'subscribers.manage',
  tag,
  summary: 'Erase a subscriber',
  params: idParams('sub'),
});
