import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { audit } from '../audit/audit.ts';
import { checkMayManage } from './member-rules.ts';
import { findAccountByEmail, insertAccount, insertMember } from './store.ts';

/**
 * Makes a member of somebody who is not here yet, so that schedules and policies can name them. Nothing is sent: they
 * cannot sign in, and hear of nothing, before they accept an invite for their address. An address that has an account in
 * this installation keeps it. Refuses whoever is or was a member already.
 */
export async function addAwaitedMember(
  ctx: Ctx,
  { name, email, timeZone }: { readonly name: string; readonly email: string; readonly timeZone: string },
): Promise<string> {
  checkMayManage(ctx.actor, 'member');
  const existing = await findAccountByEmail(ctx.transaction, email);
  const userId = existing?.id ?? ctx.newId('usr');
  const made =
    existing !== undefined ||
    (await insertAccount(ctx, { id: userId, name, email, timeZone, emailVerified: false, passwordHash: null }));
  if (!made || !(await insertMember(ctx, userId, 'member', true)))
    throw conflict(`${email} joined a moment ago, or was a member before. Make the plan again.`);
  await audit(ctx, { action: 'user.await', subjectId: userId, detail: { email } });
  ctx.touch('members');
  return userId;
}
