import type { Ctx } from '#platform/ctx.ts';
import type { ChannelKind } from '../delivery/contract.ts';
import { readMailTransport } from '../mail-setting/read-mail-transport.ts';

/** Whether a channel can send at all: mail needs a server, the others need nothing. */
export async function isChannelConfigured(ctx: Ctx, kind: ChannelKind): Promise<boolean> {
  return kind !== 'email' || (await readMailTransport(ctx)) !== null;
}
