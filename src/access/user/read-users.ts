import type { Ctx } from '#platform/ctx.ts';
import type { User } from './user.ts';

/** One member, active or not; refuses `not_found`. */
export async function readUser(_ctx: Ctx, _userId: string): Promise<User> {
  throw new Error('not built yet');
}

/** All members, active or not, oldest first. */
export async function listMembers(_ctx: Ctx): Promise<User[]> {
  throw new Error('not built yet');
}

/** The first active owner; there always is one. */
export async function ownerOf(_ctx: Ctx): Promise<User> {
  throw new Error('not built yet');
}
