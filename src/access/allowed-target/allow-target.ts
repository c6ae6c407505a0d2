import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { audit } from '../audit/audit.ts';
import { requirePerson } from '../user/update-profile.ts';
import { parseTarget } from './cidr.ts';
import { type AllowedTarget, deleteTarget, findTargets, insertTarget } from './store.ts';

/** More would be a list nobody reads. */
const MAX_TARGETS = 100;

/** Lets monitors and webhooks of the workspace reach a private network. */
export async function allowTarget(ctx: Ctx, text: string): Promise<AllowedTarget> {
  const cidr = parseTarget(text);
  if ((await findTargets(ctx)).length >= MAX_TARGETS)
    throw conflict(`At most ${MAX_TARGETS} networks can be allowed. Remove some, or allow a wider one.`);
  const target = { id: ctx.newId('tgt'), cidr, addedBy: requirePerson(ctx), addedAt: ctx.now };
  if (!(await insertTarget(ctx, target))) throw conflict(`${cidr} is allowed already.`);
  await audit(ctx, { action: 'allowed-target.add', subjectId: target.id, detail: { cidr } });
  ctx.touch('settings');
  return target;
}

/** Takes a network off the list. */
export async function forbidTarget(ctx: Ctx, id: string): Promise<void> {
  const removed = await deleteTarget(ctx, id);
  if (!removed) throw notFound('allowed target', id);
  await audit(ctx, { action: 'allowed-target.remove', subjectId: id, detail: { cidr: removed.cidr } });
  ctx.touch('settings');
}
