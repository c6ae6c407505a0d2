import { readWorkspace } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { findPhoneSettings } from './store.ts';
import { vcardOf } from './vcard.ts';

/** Every number that an SMS or a call of ours may come from, and a card with all of them. */
export async function readPhoneNumbers(ctx: Ctx): Promise<{ numbers: string[]; vcard: string }> {
  const rows = await findPhoneSettings(ctx);
  const numbers = [...new Set(rows.flatMap(({ smsNumbers, voiceNumbers }) => [...smsNumbers, ...voiceNumbers]))];
  const { name } = await readWorkspace(ctx);
  return { numbers, vcard: vcardOf(`Allclear ${name}`, numbers) };
}
