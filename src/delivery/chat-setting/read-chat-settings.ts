import type { Ctx } from '#platform/ctx.ts';
import type { Secrets } from '#platform/secrets.ts';
import { findLastOutcomes } from '../delivery/outcome-store.ts';
import type { ChatCredentials, ChatSetting } from './chat-setting.ts';
import { type ChatKind, type ChatSettingsView, chatKind } from './contract.ts';
import { hookUrlOf } from './hook-url.ts';
import { type ChatSettingRow, findChatSetting, findChatSettings } from './store.ts';

/** How a chat is connected, with its opened tokens; null when it is not. */
export async function readChatSetting(ctx: Ctx, kind: ChatKind): Promise<ChatSetting | null> {
  const row = await findChatSetting(ctx, kind);
  return row ? openChatSetting(ctx.secrets, row) : null;
}

export function openChatSetting(secrets: Secrets, { credentials, account, bot }: ChatSettingRow): ChatSetting {
  return { credentials: JSON.parse(secrets.open(credentials)) as ChatCredentials, account, bot };
}

/** Every kind, connected or not, without its tokens. */
export async function listChatSettings(ctx: Ctx): Promise<{ items: ChatSettingsView[] }> {
  const rows = await findChatSettings(ctx);
  const items: ChatSettingsView[] = [];
  for (const kind of chatKind.options) {
    items.push(
      await presentChatSetting(
        ctx,
        kind,
        rows.find((row) => row.kind === kind),
      ),
    );
  }
  return { items };
}

export async function presentChatSetting(
  ctx: Ctx,
  kind: ChatKind,
  row: ChatSettingRow | undefined,
): Promise<ChatSettingsView> {
  const { sent, failed } = await findLastOutcomes(ctx, kind);
  const sentAt = sent?.settledAt ?? null;
  const failedAt = failed?.settledAt ?? null;
  const failing = failedAt !== null && (sentAt === null || failedAt > sentAt);
  return {
    kind,
    configured: row !== undefined,
    account: row?.account ?? null,
    bot: row?.bot ?? null,
    hookUrl: hookUrlOf(ctx, kind),
    changedAt: row?.changedAt.toISOString() ?? null,
    lastSentAt: sentAt?.toISOString() ?? null,
    lastFailure: failing ? { at: failedAt.toISOString(), why: failed?.why ?? '' } : null,
  };
}
