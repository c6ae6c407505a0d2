import { type NewDelivery, queueDelivery } from '#delivery';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { openCredentials } from '../contact-method/credentials.ts';
import type { NoticeChannel } from './store.ts';

/** After an hour the news of a channel is old. */
const WORTH_SECONDS = 3_600;

export type ChannelNotice = {
  /** Told once per channel and key. */
  readonly key: string;
  readonly subject: string;
  readonly text: string;
  readonly url: string;
  /** For webhooks: `alert.opened`, `alert.still-open`, `alert.closed`. */
  readonly event: string;
  readonly alertId?: string;
  readonly incidentId?: string | null;
};

/** Where a message to a place goes, and what it takes to send it. */
export function addressedTo(ctx: Ctx, { kind, address, credentials }: NoticeChannel) {
  return { kind, address, credentials: openCredentials(ctx, { credentials, credentialsChangedAt: null }) };
}

/** A message to a place, as it goes into the outbox. */
export function noticeTo(ctx: Ctx, channel: NoticeChannel, notice: ChannelNotice): NewDelivery {
  const { subject, text, url, event, alertId, incidentId = null } = notice;
  return {
    ...addressedTo(ctx, channel),
    purpose: 'notice',
    uniqueKey: `notice-channel:${channel.id}:${notice.key}`,
    message: {
      subject,
      text: `${text}\n\n${url}`,
      url,
      urgency: 'low',
      ...(alertId === undefined ? {} : { thread: alertId }),
      payload: { event, channel: channel.name, alertId: alertId ?? null, incidentId },
    },
    incidentId: incidentId ?? undefined,
    notAfter: addSeconds(ctx.now, WORTH_SECONDS),
  };
}

export async function postNotice(ctx: Ctx, channel: NoticeChannel, notice: ChannelNotice): Promise<void> {
  await queueDelivery(ctx, noticeTo(ctx, channel, notice));
}
