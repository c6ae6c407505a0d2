import { assert, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { findFirstOwner, findUser, findUsers } from './store.ts';
import type { User } from './user.ts';

/** One member, active or not; refuses `not_found`. */
export async function readUser(ctx: Ctx, userId: string): Promise<User> {
  const user = await findUser(ctx, userId);
  if (!user) throw notFound('person', userId);
  return user;
}

/** All members, active or not, oldest first. */
export async function listMembers(ctx: Ctx): Promise<User[]> {
  return findUsers(ctx);
}

/** The first active owner; there always is one. */
export async function ownerOf(ctx: Ctx): Promise<User> {
  const owner = await findFirstOwner(ctx);
  assert(owner, `workspace ${ctx.workspaceId} has no active owner`);
  return owner;
}
