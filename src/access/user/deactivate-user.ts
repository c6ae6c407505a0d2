import { actorUserId } from '#kernel/actor.ts';
import { AppError, conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { findKeysOf, revokeKeysOf } from '../api-key/store.ts';
import { audit } from '../audit/audit.ts';
import { memberDeactivated } from '../events.ts';
import { voidResetsOf } from '../password-reset/store.ts';
import { accessPorts } from '../ports.ts';
import { deleteSessionsOf } from '../session/store.ts';
import { checkMayManage, checkOwnerRemains } from './member-rules.ts';
import { readUser } from './read-users.ts';
import { findMemberships, findUsers, lockActiveOwnerIds, setDeactivated } from './store.ts';
import type { User } from './user.ts';

export type DeactivationPreview = {
  readonly allowed: boolean;
  readonly refusal: string | null;
  readonly consequences: string[];
};

/** What deactivating would change, from this room and, through the port, from later ones. Changes nothing. */
export async function previewDeactivation(ctx: Ctx, userId: string): Promise<DeactivationPreview> {
  const user = await readUser(ctx, userId);
  const owners = (await findUsers(ctx)).filter((one) => one.active && one.role === 'owner').map((one) => one.id);
  const refusal = refusalOf(() => checkDeactivation(ctx, user, owners));
  const keys = await findKeysOf(ctx, userId);
  const names = keys.map((key) => `"${key.name}"`).join(', ');
  const own =
    keys.length === 0
      ? []
      : [
          `${keys.length === 1 ? 'The API key' : `${keys.length} API keys`} ${names} made by ${user.name} will stop working.`,
        ];
  const later = await accessPorts().deactivationConsequences(ctx, userId);
  return { allowed: refusal === null, refusal, consequences: [...own, ...later] };
}

/**
 * Deactivates a member: ends sessions, revokes API keys and reset links, tells later stages. The record stays, because
 * history names the person. Refuses the last owner and oneself.
 */
export async function deactivateUser(ctx: Ctx, userId: string): Promise<User> {
  const owners = await lockActiveOwnerIds(ctx);
  const user = await readUser(ctx, userId);
  checkDeactivation(ctx, user, owners);
  if (!(await setDeactivated(ctx, userId, ctx.now))) throw conflict(`${user.name} is already deactivated.`);
  const revokedKeyIds = await revokeKeysOf(ctx, userId);
  await voidResetsOf(ctx, userId);
  const elsewhere = await findMemberships(ctx.transaction, userId);
  if (elsewhere.length === 0) await deleteSessionsOf(ctx, userId);
  await audit(ctx, { action: 'user.deactivate', subjectId: userId, detail: { revokedKeyIds } });
  await ctx.publish(memberDeactivated, { userId });
  ctx.touch('members');
  return { ...user, active: false, deactivatedAt: ctx.now };
}

/** Lets a deactivated member in again with the same access role. */
export async function reactivateUser(ctx: Ctx, userId: string): Promise<User> {
  const user = await readUser(ctx, userId);
  checkMayManage(ctx.actor, user.role);
  if (!(await setDeactivated(ctx, userId, null))) throw conflict(`${user.name} is active already.`);
  await audit(ctx, { action: 'user.reactivate', subjectId: userId });
  ctx.touch('members');
  return { ...user, active: true, deactivatedAt: null };
}

function checkDeactivation(ctx: Ctx, user: User, activeOwnerIds: readonly string[]): void {
  checkMayManage(ctx.actor, user.role);
  if (!user.active) throw conflict(`${user.name} is already deactivated.`);
  if (user.role === 'owner') checkOwnerRemains(activeOwnerIds, user);
  if (actorUserId(ctx.actor) === user.id) throw conflict('You cannot deactivate yourself. Ask another owner or admin.');
}

function refusalOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
