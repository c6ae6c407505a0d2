import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { ChatKind } from '../chat-setting/contract.ts';
import type { PhoneKind } from '../phone-setting/contract.ts';

type Connected = {
  readonly hasMail: boolean;
  readonly chats: readonly ChatKind[];
  readonly phones: readonly PhoneKind[];
};

/** What is connected, in one statement, since it stands between every fault and its page. */
export async function readConnected(ctx: Ctx): Promise<Connected> {
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
