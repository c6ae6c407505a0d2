import type { Ctx } from '#platform/ctx.ts';
import type { ChannelKind } from '../delivery/contract.ts';

/** Whether a channel can send at all: mail needs a server, the others need nothing. */
export async function isChannelConfigured(_ctx: Ctx, _kind: ChannelKind): Promise<boolean> {
  throw new Error('not built yet');
}
