import { actorUserId } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { audit } from '../audit/audit.ts';
import { readUser } from './read-users.ts';
import { updatePerson } from './store.ts';
import type { User } from './user.ts';

/** The person behind the context; refuses `forbidden` when Allclear itself acts. */
export function requirePerson(ctx: Ctx): string {
  const userId = actorUserId(ctx.actor);
  if (userId === null) throw new AppError('forbidden', 'Only a person can do this.');
  return userId;
}

/** Changes one's own name or time zone. */
export async function updateProfile(
  ctx: Ctx,
  change: { name?: string | undefined; timeZone?: string | undefined },
): Promise<User> {
  const userId = requirePerson(ctx);
  const values = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.timeZone === undefined ? {} : { timeZone: change.timeZone }),
  };
  if (Object.keys(values).length > 0) {
    await updatePerson(ctx, userId, values);
    await audit(ctx, { action: 'user.update', subjectId: userId, detail: values });
    ctx.touch('members');
  }
  return readUser(ctx, userId);
}
