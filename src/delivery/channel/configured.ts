import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import { notConnected } from '../chat-setting/chat-setting.ts';
import { type ChatKind, chatKind } from '../chat-setting/contract.ts';
import type { ChannelKind } from '../delivery/contract.ts';
import { type PhoneKind, phoneKind } from '../phone-setting/contract.ts';
import { noProvider } from '../phone-setting/phone-setting.ts';

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

type Connected = {
  readonly hasMail: boolean;
  readonly chats: readonly ChatKind[];
  readonly phones: readonly PhoneKind[];
};

/** One statement, since it stands between every fault and its page. */
async function readConnected(ctx: Ctx): Promise<Connected> {
  const { workspaceId } = ctx;
  const { rows } = await sql<Connected>`
    select
      exists (select from mail_setting where workspace_id = ${workspaceId}) as has_mail,
      array(select kind from chat_setting where workspace_id = ${workspaceId}) as chats,
      array(
        select 'sms' from phone_setting where workspace_id = ${workspaceId} and sms_numbers <> '{}'
        union select 'voice' from phone_setting where workspace_id = ${workspaceId} and voice_numbers <> '{}'
      ) as phones`.execute(ctx.transaction);
  return rows[0] ?? { hasMail: false, chats: [], phones: [] };
}
