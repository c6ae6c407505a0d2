import type { Ctx } from '#platform/ctx.ts';
import { askForLook } from './store.ts';

export const CHAT_GROUPS = { name: 'respond.chat-groups' } as const;

/** Something changed that says who is on call, or how a chat knows them: groups that follow a schedule are looked at. */
export async function hastenGroups(ctx: Ctx): Promise<void> {
  if (await askForLook(ctx)) await ctx.wake(CHAT_GROUPS, ctx.now);
}
