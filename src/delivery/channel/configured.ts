import type { Ctx } from '#platform/ctx.ts';
import { notConnected } from '../chat-setting/chat-setting.ts';
import { chatKind } from '../chat-setting/contract.ts';
import type { ChannelKind } from '../delivery/contract.ts';
import { phoneKind } from '../phone-setting/contract.ts';
import { noProvider } from '../phone-setting/phone-setting.ts';
import { readConnected } from './connected-store.ts';

/** Why a channel cannot send now, one sentence each; a channel that can is not there. */
export type ChannelFaults = Readonly<Partial<Record<ChannelKind, string>>>;

/** Which channels lack what they need: mail needs a server, a chat a bot, a phone a provider; the others need nothing. */
export async function readChannelFaults(ctx: Ctx): Promise<ChannelFaults> {
  const { hasMail, chats, phones } = await readConnected(ctx);
  const missing = chatKind.options.filter((kind) => !chats.includes(kind));
  const silent = phoneKind.options.filter((kind) => !phones.includes(kind));
  return {
    ...(hasMail || ctx.config.smtpUrl ? {} : { email: 'Mail is not configured, so nothing sent here would arrive.' }),
    ...Object.fromEntries(missing.map((kind) => [kind, notConnected(kind)])),
    ...Object.fromEntries(silent.map((kind) => [kind, noProvider(kind)])),
  };
}
