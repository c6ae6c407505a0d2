import type { Ctx } from '#platform/ctx.ts';
import { channelKind } from '../delivery/contract.ts';
import { readChannelFaults } from './configured.ts';
import type { ChannelView } from './contract.ts';
import { vapidKeys } from './vapid.ts';

/** Every channel with why it cannot be used now, and the key that browsers subscribe to. */
export async function listChannels(ctx: Ctx): Promise<{ items: ChannelView[]; webPushKey: string }> {
  const faults = await readChannelFaults(ctx);
  return {
    items: channelKind.options.map((kind) => ({ kind, problem: faults[kind] ?? null })),
    webPushKey: vapidKeys(ctx.secrets).publicKey,
  };
}
