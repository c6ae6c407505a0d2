import { defineJob, type Job } from '#platform/jobs.ts';
import type { ChannelKind, DeliveryPurpose } from './contract.ts';

export type DeliveryRef = { readonly workspaceId: string; readonly deliveryId: string };

/**
 * One queue per channel, so that a slow receiver of one delays no other; mail to subscribers has its own, so that a
 * hundred thousand of them never stand before a page. A failed try is not a failed job: the row says when the next one
 * is. What these limits retry is only our own database being away.
 */
const settings = { retryLimit: 30, retryDelaySeconds: 1, retryDelayMaxSeconds: 30, expireSeconds: 60 } as const;

const QUEUES = {
  email: defineJob<DeliveryRef>('delivery.email', { ...settings, concurrency: 16 }),
  webhook: defineJob<DeliveryRef>('delivery.webhook', { ...settings, concurrency: 32 }),
  ntfy: defineJob<DeliveryRef>('delivery.ntfy', { ...settings, concurrency: 16 }),
  sms: defineJob<DeliveryRef>('delivery.sms', { ...settings, concurrency: 16 }),
  voice: defineJob<DeliveryRef>('delivery.voice', { ...settings, concurrency: 16 }),
  webpush: defineJob<DeliveryRef>('delivery.webpush', { ...settings, concurrency: 16 }),
  slack: defineJob<DeliveryRef>('delivery.slack', { ...settings, concurrency: 8 }),
  mattermost: defineJob<DeliveryRef>('delivery.mattermost', { ...settings, concurrency: 8 }),
  discord: defineJob<DeliveryRef>('delivery.discord', { ...settings, concurrency: 8 }),
  teams: defineJob<DeliveryRef>('delivery.teams', { ...settings, concurrency: 8 }),
  telegram: defineJob<DeliveryRef>('delivery.telegram', { ...settings, concurrency: 8 }),
  pushover: defineJob<DeliveryRef>('delivery.pushover', { ...settings, concurrency: 8 }),
  bulk: defineJob<DeliveryRef>('delivery.email-bulk', { ...settings, concurrency: 16 }),
} as const;

export const ALL_QUEUES: readonly Job<DeliveryRef>[] = Object.values(QUEUES);

/** The queue that a message waits in. */
export function queueOf(delivery: { readonly kind: ChannelKind; readonly purpose: DeliveryPurpose }): Job<DeliveryRef> {
  return delivery.kind === 'email' && delivery.purpose === 'subscriber' ? QUEUES.bulk : QUEUES[delivery.kind];
}
