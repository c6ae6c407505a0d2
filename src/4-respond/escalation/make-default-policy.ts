import type { Ctx } from '#platform/ctx.ts';
import { documentOf, stepOf } from './policy.ts';
import { findDefaultPolicy, insertPolicy } from './store.ts';

const WAIT_SECONDS = 300;
const REPEAT_COUNT = 2;

/** A new workspace can page from its first minute: its owner, asked three times, five minutes apart. */
export async function makeDefaultPolicy(ctx: Ctx, ownerId: string): Promise<void> {
  if (await findDefaultPolicy(ctx)) return;
  const document = documentOf([stepOf([ownerId], WAIT_SECONDS)], REPEAT_COUNT);
  await insertPolicy(ctx, ctx.newId('epo'), { name: 'Default', ...document }, true);
}
