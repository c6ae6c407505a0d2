import { actorUserId } from '#kernel/actor.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type ContactMethodRow, findMethod } from './store.ts';

/** The acting person's id; a part of Allclear has no contact methods. */
export function selfId(ctx: Ctx): string {
  const userId = actorUserId(ctx.actor);
  if (userId === null) throw new AppError('forbidden', 'Only a person has contact methods.');
  return userId;
}

/** A contact method of the acting person; those of others look as if they did not exist. */
export async function ownMethod(ctx: Ctx, id: string): Promise<ContactMethodRow> {
  const userId = selfId(ctx);
  const method = await findMethod(ctx, id);
  if (!method || method.userId !== userId) throw notFound('contact method', id);
  return method;
}
