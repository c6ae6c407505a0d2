import type { Ctx } from '#platform/ctx.ts';
import type { ChannelKind } from '../delivery/contract.ts';
import { readMailTransport } from '../mail-setting/read-mail-transport.ts';

/** Why a channel cannot send now, one sentence each; a channel that can is not there. */
export type ChannelFaults = Readonly<Partial<Record<ChannelKind, string>>>;

/** Which channels lack what they need: mail needs a server; a webhook, ntfy and web push need nothing. */
export async function readChannelFaults(ctx: Ctx): Promise<ChannelFaults> {
  const mail = await readMailTransport(ctx);
  return mail ? {} : { email: 'Mail is not configured, so nothing sent here would arrive.' };
}
