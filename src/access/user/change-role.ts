import type { AccessRole } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import { audit } from '../audit/audit.ts';
import { checkMayManage, checkOwnerRemains } from './member-rules.ts';
import { readUser } from './read-users.ts';
import { lockActiveOwnerIds, updateRole } from './store.ts';
import type { User } from './user.ts';

/** Gives a member another access role. Refuses to unmake the last owner; only owners make or unmake owners. */
export async function changeRole(ctx: Ctx, userId: string, role: AccessRole): Promise<User> {
  const owners = await lockActiveOwnerIds(ctx);
  const user = await readUser(ctx, userId);
  checkMayManage(ctx.actor, user.role, role);
  if (user.role === role) return user;
  if (user.role === 'owner' && user.active) checkOwnerRemains(owners, user);
  await updateRole(ctx, userId, role);
  await audit(ctx, { action: 'user.change-role', subjectId: userId, detail: { from: user.role, to: role } });
  ctx.touch('members');
  return { ...user, role };
}
