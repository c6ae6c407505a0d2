import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';

/** How a message travels. */
export const channelKind = z.enum([
  'email',
  'webhook',
  'ntfy',
  'sms',
  'voice',
  'webpush',
  'slack',
  'mattermost',
  'discord',
  'teams',
  'telegram',
  'pushover',
]);
export type ChannelKind = z.output<typeof channelKind>;

/** What a message is for; it decides how long it is tried and who may see it. */
export const deliveryPurpose = z.enum(['page', 'notice', 'test', 'subscriber', 'invite']);
export type DeliveryPurpose = z.output<typeof deliveryPurpose>;

/**
 * `held`: the channel is not configured, so it did not go out. `dropped`: nobody needed it any more when its turn came
 * (the page was acknowledged, the time to send it had passed). `failed`: given up, `why` says what the last try met.
 */
export const deliveryState = z.enum(['queued', 'sending', 'sent', 'failed', 'held', 'dropped']);
export type DeliveryState = z.output<typeof deliveryState>;

export const deliveryView = z.object({
  id: id('dlv'),
  kind: channelKind,
  purpose: deliveryPurpose,
  state: deliveryState,
  /** The address without credentials. */
  address: z.string(),
  subject: z.string(),
  /** One sentence: why it failed, is held, was dropped, or what the last try met. */
  why: z.string().nullable(),
  attempts: z.number().int(),
  createdAt: instant,
  nextAttemptAt: instant.nullable(),
  sentAt: instant.nullable(),
  /** SMS and calls only: when its provider said that it arrived, or that somebody picked up. */
  confirmedAt: instant.nullable(),
  pageId: z.string().nullable(),
  userId: z.string().nullable(),
  incidentId: z.string().nullable(),
  subscriberId: z.string().nullable(),
});
export type DeliveryView = z.output<typeof deliveryView>;

/** One time that a message was handed to a provider, and what came of it. */
export const deliveryTry = z.object({
  provider: z.string(),
  /** `unconfirmed`: taken, but no receipt came. */
  state: z.enum(['sending', 'sent', 'failed', 'delivered', 'undelivered', 'unconfirmed']),
  why: z.string().nullable(),
  providerId: z.string().nullable(),
  startedAt: instant,
});

export const deliveryDetail = deliveryView.extend({
  /** What went out or would have gone out; personal links and codes read `[secret]`. */
  text: z.string(),
  /** The id that the mail server or the receiver gave it. */
  providerId: z.string().nullable(),
  /** SMS and calls only: each time that it was handed to a provider, oldest first. */
  tries: z.array(deliveryTry),
});
export type DeliveryDetail = z.output<typeof deliveryDetail>;

const tag = 'Deliveries';

export const listDeliveries = defineRoute({
  method: 'get',
  path: '/deliveries',
  permission: 'deliveries.read',
  tag,
  summary: 'List messages that went out, wait, failed or are held, newest first',
  query: pageQuery.extend({
    state: deliveryState.optional(),
    purpose: deliveryPurpose.optional(),
    kind: channelKind.optional(),
    pageId: id('pag').optional(),
    incidentId: id('inc').optional(),
    userId: id('usr').optional(),
  }),
  response: listOf(deliveryView),
});

export const readDeliveryRoute = defineRoute({
  method: 'get',
  path: '/deliveries/{id}',
  permission: 'deliveries.read',
  tag,
  summary: 'Read a message with its text; personal links and codes are masked',
  params: idParams('dlv'),
  response: deliveryDetail,
});

export const retryDeliveryRoute = defineRoute({
  method: 'post',
  path: '/deliveries/{id}/retry',
  permission: 'workspace.manage',
  tag,
  summary: 'Try a failed or held message again now; stale pages are refused',
  params: idParams('dlv'),
  response: deliveryView,
});
