import { readChatSetting, telegramStartCode, telegramStartUrl } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import { sameText } from '#platform/secrets.ts';
import type { ContactMethodRow } from './store.ts';

/** The contact method that a start code of ours names; null for any other code. */
export function readStartCode(ctx: Ctx, code: string): string | null {
  const methodId = code.split('-')[0] ?? '';
  return sameText(code, telegramStartCode(ctx, methodId)) ? methodId : null;
}

/** The link behind which its person presses Start; null for a method that works, or that needs none. */
export async function startUrlOf(ctx: Ctx, { id, kind, verifiedAt }: ContactMethodRow): Promise<string | null> {
  if (kind !== 'telegram' || verifiedAt !== null) return null;
  const setting = await readChatSetting(ctx, 'telegram');
  return setting && telegramStartUrl(setting.bot, telegramStartCode(ctx, id));
}
