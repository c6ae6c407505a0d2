import { systemActor } from '#kernel/actor.ts';
import { addSeconds } from '#kernel/duration.ts';
import { AppError, conflict } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { passwordResetRequested } from '../events.ts';
import { allows } from '../permission.ts';
import { hashPassword } from '../session/password.ts';
import { deleteSessionsOf } from '../session/store.ts';
import { checkMayManage } from '../user/member-rules.ts';
import { readUser } from '../user/read-users.ts';
import { findAccountByEmail, findMemberships, findUser, updatePassword } from '../user/store.ts';
import { requirePerson } from '../user/update-profile.ts';
import { askedSince, findReset, insertReset, useReset, voidResetsOf } from './store.ts';

const MADE_BY_ADMIN_SECONDS = 24 * 3_600;
const ASKED_BY_MAIL_SECONDS = 3_600;
const ASK_AGAIN_SECONDS = 60;

/** Makes a reset link to hand over; the caller sees it this once. Only an owner makes one for an owner. */
export async function createPasswordReset(ctx: Ctx, userId: string): Promise<{ url: string; expiresAt: Date }> {
  const user = await readUser(ctx, userId);
  checkMayManage(ctx.actor, user.role);
  if (!user.active) throw conflict(`${user.name} is deactivated. Reactivate them first.`);
  if (user.awaited) throw conflict(`${user.name} has not joined yet. Invite them; they choose a password then.`);
  const elsewhere = await findMemberships(ctx.transaction, userId);
  if (elsewhere.some((one) => one.workspaceId !== ctx.workspaceId)) {
    throw conflict(
      `${user.name} belongs to other workspaces too, so nobody here may set their password. They can ask for a link by mail on the sign-in page.`,
    );
  }
  const made = await insertLink(ctx, userId, requirePerson(ctx), MADE_BY_ADMIN_SECONDS);
  await audit(ctx, { action: 'password-reset.create', subjectId: userId });
  return made;
}

/**
 * Somebody who is not signed in asks for a link by mail. Does nothing for an unknown address, and at most one link a
 * minute for a known one; never tells which.
 */
export async function requestPasswordReset(system: System, email: string): Promise<void> {
  const account = await findAccountByEmail(system.database, email);
  const [member] = account ? await findMemberships(system.database, account.id) : [];
  if (!account || !member) return;
  await system.transact({ actor: systemActor('sign-in'), workspaceId: member.workspaceId }, async (ctx) => {
    if (await askedSince(ctx, account.id, addSeconds(ctx.now, -ASK_AGAIN_SECONDS))) return;
    const { url } = await insertLink(ctx, account.id, null, ASKED_BY_MAIL_SECONDS);
    await audit(ctx, { action: 'password-reset.request', subjectId: account.id });
    await ctx.publish(passwordResetRequested, { userId: account.id, email: account.email, url });
  });
}

/** Whose link it is; refuses `not_found` when it was used, has expired or never was. */
export async function readPasswordReset(system: System, token: string): Promise<{ email: string; expiresAt: Date }> {
  const { email, expiresAt } = await openReset(system, token);
  return { email, expiresAt };
}

/** Sets the new password, uses up every open link of the person and ends every session. */
export async function completePasswordReset(
  system: System,
  token: string,
  password: string,
): Promise<{ email: string }> {
  const reset = await openReset(system, token);
  const passwordHash = await hashPassword(password);
  return system.transact({ actor: systemActor('password-reset'), workspaceId: reset.workspaceId }, async (ctx) => {
    if (!(await useReset(ctx, reset.id))) throw usedUp();
    await voidResetsOf(ctx, reset.userId);
    await updatePassword(ctx, reset.userId, passwordHash);
    await deleteSessionsOf(ctx, reset.userId);
    await audit(ctx, { action: 'password.reset', subjectId: reset.userId, detail: { resetId: reset.id } });
    return { email: reset.email };
  });
}

async function insertLink(ctx: Ctx, userId: string, madeBy: string | null, lifeSeconds: number) {
  const token = newSecret('rst');
  const expiresAt = addSeconds(ctx.now, lifeSeconds);
  await insertReset(ctx, { id: ctx.newId('rst'), userId, madeBy, expiresAt }, token);
  return { url: `${ctx.publicUrl}/reset-password/${token}`, expiresAt };
}

async function openReset(system: System, token: string) {
  const reset = await findReset(system.database, token, system.clock.now());
  if (!reset || !(await isBacked(system, reset))) throw usedUp();
  return reset;
}

/** A link that somebody made for another person ends when its maker leaves or may not manage members any more. */
async function isBacked(system: System, { workspaceId, madeBy }: { workspaceId: string; madeBy: string | null }) {
  if (madeBy === null) return true;
  const maker = await findUser(system.read({ actor: systemActor('password-reset'), workspaceId }), madeBy);
  return maker?.active === true && allows(maker.role, 'members.manage');
}

function usedUp(): AppError {
  return new AppError('not_found', 'This reset link was used already or has expired. Ask for a new one.');
}
