import type { AccessRole } from '#kernel/actor.ts';
import { addSeconds } from '#kernel/duration.ts';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { inviteCreated } from '../events.ts';
import { checkMayManage } from '../user/member-rules.ts';
import { findAccountByEmail, findUser } from '../user/store.ts';
import { requirePerson } from '../user/update-profile.ts';
import { mailedLink } from './mailed-link.ts';
import { insertInvite, type Invite, withdrawInvite } from './store.ts';

const INVITE_LIFE_SECONDS = 7 * 24 * 3_600;

/** Makes an invite link; the caller sees it this once. Refuses an address that is a member already. */
export async function createInvite(
  ctx: Ctx,
  wanted: { email: string | null; role: AccessRole },
): Promise<Invite & { readonly url: string }> {
  checkMayManage(ctx.actor, wanted.role);
  if (wanted.email !== null) await refuseMember(ctx, wanted.email);
  const token = newSecret('inv');
  const invite: Invite = {
    id: ctx.newId('inv'),
    email: wanted.email,
    role: wanted.role,
    invitedBy: requirePerson(ctx),
    createdAt: ctx.now,
    expiresAt: addSeconds(ctx.now, INVITE_LIFE_SECONDS),
  };
  const url = `${ctx.publicUrl}/invite/${token}`;
  await insertInvite(ctx, invite, token);
  await audit(ctx, {
    action: 'invite.create',
    subjectId: invite.id,
    detail: { email: wanted.email, role: wanted.role },
  });
  const { id, email } = invite;
  // What is mailed proves the mailbox; the link that the caller sees does not.
  const mailed = email === null ? url : mailedLink(ctx.secrets, { id, email }, url);
  await ctx.publish(inviteCreated, { inviteId: id, email, url: mailed });
  ctx.touch('members');
  return { ...invite, url };
}

/** Withdraws an open invite: its link stops working. */
export async function revokeInvite(ctx: Ctx, id: string): Promise<void> {
  if (!(await withdrawInvite(ctx, id))) throw notFound('open invite', id);
  await audit(ctx, { action: 'invite.revoke', subjectId: id });
  ctx.touch('members');
}

async function refuseMember(ctx: Ctx, email: string): Promise<void> {
  const account = await findAccountByEmail(ctx.transaction, email);
  const member = account && (await findUser(ctx, account.id));
  if (!member || (member.active && member.awaited)) return;
  throw conflict(
    member.active ? `${member.name} is a member already.` : `${member.name} was deactivated. Reactivate them instead.`,
  );
}
