import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { channelKind } from '../delivery/contract.ts';

/** A way in which messages can travel, and whether it can be used now. */
export const channelView = z.object({
  kind: channelKind,
  /** Why it cannot be used now, and who can change that; null when it can. */
  problem: z.string().nullable(),
});
export type ChannelView = z.output<typeof channelView>;

export const listChannels = defineRoute({
  method: 'get',
  path: '/channels',
  permission: 'workspace.read',
  tag: 'Contact methods',
  summary: 'List the channels that a contact method can use, and what a browser needs to subscribe',
  response: z.object({
    items: z.array(channelView),
    /** The public key that a browser subscribes to (RFC 8292), base64url; the same for the whole installation. */
    webPushKey: z.string(),
  }),
});
