import type { Ctx } from '#platform/ctx.ts';
import { notConnected } from '../chat-setting/chat-setting.ts';
import { type ChatKind, chatKind } from '../chat-setting/contract.ts';
import { findChatSettings } from '../chat-setting/store.ts';
import { noProvider, numbersOf } from '../phone-setting/phone-setting.ts';
import { phoneKind } from '../phone-setting/contract.ts';
import { findPhoneSettings } from '../phone-setting/store.ts';
import type { ChannelKind } from '../delivery/contract.ts';
import { readMailTransport } from '../mail-setting/read-mail-transport.ts';

/** Why a channel cannot send now, one sentence each; a channel that can is not there. */
export type ChannelFaults = Readonly<Partial<Record<ChannelKind, string>>>;

/** Which channels lack what they need: mail needs a server, a chat a bot, a phone a provider; the others need nothing. */
export async function readChannelFaults(ctx: Ctx): Promise<ChannelFaults> {
  const mail = await readMailTransport(ctx);
  const connected = new Set<ChatKind>((await findChatSettings(ctx)).map(({ kind }) => kind));
  const chats = chatKind.options.filter((kind) => !connected.has(kind));
  const providers = await findPhoneSettings(ctx);
  const silent = phoneKind.options.filter((kind) => !providers.some((row) => numbersOf(row, kind).length > 0));
  return {
    ...(mail ? {} : { email: 'Mail is not configured, so nothing sent here would arrive.' }),
    ...Object.fromEntries(chats.map((kind) => [kind, notConnected(kind)])),
    ...Object.fromEntries(silent.map((kind) => [kind, noProvider(kind)])),
  };
}
