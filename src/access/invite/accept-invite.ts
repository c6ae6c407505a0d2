import { type AccessRole, type Actor, systemActor } from '#kernel/actor.ts';
import { AppError, conflict, invalid } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { newId } from '#platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { memberJoined } from '../events.ts';
import { allows } from '../permission.ts';
import { hashPassword, verifyPassword } from '../session/password.ts';
import { beginTry } from '../session/begin-try.ts';
import { covers } from '../user/member-rules.ts';
import { claimAccount, findAccountByEmail, findUser, insertAccount, insertMember } from '../user/store.ts';
import { findWorkspace } from '../workspace/store.ts';
import { cameByMail } from './mailed-link.ts';
import { findOpenInvite, takeInvite } from './store.ts';

export type InviteAnswer = {
  readonly name: string;
  readonly email?: string | undefined;
  readonly password: string;
  readonly timeZone?: string | undefined;
  /** From the link in the mail. */
  readonly mailed?: string | undefined;
};

/** What an invite link offers; refuses `not_found` when it was used, withdrawn, has expired or never was. */
export async function readInviteLink(system: System, token: string) {
  const invite = await openInvite(system, token);
  const workspace = await findWorkspace(system.database, invite.workspaceId);
  const { actor, workspaceId } = {
    actor: { kind: 'system', name: 'invite', channel: 'system' },
    workspaceId: invite.workspaceId,
  } as const;
  const inviter = await findUser(system.read({ actor, workspaceId }), invite.invitedBy);
  return {
    workspaceName: workspace?.name ?? '',
    invitedByName: inviter?.name ?? '',
    role: invite.role,
    email: invite.email,
    name: await nameOfAwaited(system, invite.email),
    expiresAt: invite.expiresAt,
  };
}

/** What somebody who is awaited is called already; nothing of an account that somebody has been in. */
async function nameOfAwaited(system: System, email: string | null): Promise<string | null> {
  const account = email === null ? undefined : await findAccountByEmail(system.database, email);
  return account?.password === null ? account.name : null;
}

/**
 * Joins by invite with a name and a password. An address that has an account in this installation joins with that
 * account, and the password must be its own; the account of somebody who was awaited has none yet and gets this one. Of two who use one link at once, one joins and the other gets `conflict`.
 */
export async function acceptInvite(
  system: System,
  token: string,
  answer: InviteAnswer,
): Promise<{ userId: string; email: string }> {
  const invite = await openInvite(system, token);
  const email = invite.email ?? answer.email;
  if (email === undefined) throw invalid('body.email', 'is required, because the invite names no address');
  if (answer.email !== undefined && answer.email !== email)
    throw invalid('body.email', 'is not the address that was invited');
  const workspace = await findWorkspace(system.database, invite.workspaceId);
  const existing = await findAccountByEmail(system.database, email);
  // Without a password nobody has ever been in it: it was made for somebody who was awaited.
  const unclaimed = existing !== undefined && existing.password === null;
  if (unclaimed && invite.email === null)
    throw conflict('This address is awaited here under its own name. Ask an owner or admin for an invite to it.');
  if (existing && !unclaimed) await provePassword(system, existing, answer.password);
  const passwordHash = existing && !unclaimed ? '' : await hashPassword(answer.password);
  const userId = existing?.id ?? newId('usr', system.clock.now().getTime());
  const name = unclaimed ? answer.name : (existing?.name ?? answer.name);
  const timeZone = answer.timeZone ?? workspace?.timeZone ?? 'UTC';
  const emailVerified = cameByMail(system.secrets, invite, answer.mailed);
  const actor: Actor = { kind: 'user', userId, role: invite.role, channel: 'link' };
  return system.transact({ actor, workspaceId: invite.workspaceId }, async (ctx) => {
    if (!(await takeInvite(ctx, invite.id, userId))) throw conflict('This invite was used or withdrawn a moment ago.');
    if (unclaimed && !(await claimAccount(ctx, userId, { name, timeZone, passwordHash })))
      throw conflict('Somebody set a password for this account a moment ago. Accept the invite again with it.');
    if (!existing) {
      const made = await insertAccount(ctx, { id: userId, name, email, emailVerified, timeZone, passwordHash });
      if (!made) throw conflict('There is already an account with this email address.');
    }
    if (!(await insertMember(ctx, userId, invite.role)))
      throw conflict('This account is or was a member already. Sign in, or ask to be reactivated.');
    await audit(ctx, { action: 'invite.accept', subjectId: invite.id, detail: { userId, role: invite.role } });
    await ctx.publish(memberJoined, { userId, name, email, emailVerified });
    ctx.touch('members');
    return { userId, email };
  });
}

/** An invite must not be a way around the limit of the sign-in page. */
const GUESSES = { failures: 8, windowSeconds: 15 * 60 } as const;

async function provePassword(system: System, account: { id: string; password: string | null }, password: string) {
  const key = `invite ${account.id}`;
  const guess = await beginTry(system, [{ key, ...GUESSES }], 'Too many wrong passwords.');
  if (!(await verifyPassword(password, account.password ?? '')))
    throw invalid('body.password', 'is not the password of the account that this address already has here');
  await guess.succeed([key]);
}

/** An invite is worth as much as the person behind it: it ends when they leave or may not invite to that role any more. */
async function isBacked(system: System, invite: { workspaceId: string; invitedBy: string; role: AccessRole }) {
  const who = { actor: systemActor('invite'), workspaceId: invite.workspaceId };
  const inviter = await findUser(system.read(who), invite.invitedBy);
  return inviter?.active === true && allows(inviter.role, 'members.manage') && covers(inviter.role, invite.role);
}

async function openInvite(system: System, token: string) {
  const invite = await findOpenInvite(system.database, token, system.clock.now());
  if (!invite || !(await isBacked(system, invite)))
    throw new AppError('not_found', 'This invite was used already, was withdrawn or has expired. Ask for a new one.');
  return invite;
}
