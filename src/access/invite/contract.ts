import { z } from 'zod';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';
import { defineRoute } from '../route.ts';
import { accessRole, email, password, personName, timeZone } from '../schema.ts';

/** Links in mails and on screen carry one of these: `inv_…` or `rst_…` and 52 characters. */
export const linkToken = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}_[0-9a-z]{52}$`), 'is not a complete link; copy it again');

export const invite = z.object({
  id: id('inv'),
  email: z.string().nullable(),
  role: accessRole,
  invitedBy: id('usr'),
  createdAt: instant,
  expiresAt: instant,
});

export const listInvites = defineRoute({
  method: 'get',
  path: '/invites',
  permission: 'members.manage',
  tag: 'People',
  summary: 'List invites that are still open',
  query: pageQuery,
  response: listOf(invite),
});

export const createInvite = defineRoute({
  method: 'post',
  path: '/invites',
  permission: 'members.manage',
  tag: 'People',
  summary: 'Invite a person by link, and by mail when an address is given',
  body: z.object({ email: email.nullish(), role: accessRole.default('member') }),
  response: invite.extend({ /** Shown this once; expires after 7 days. */ url: z.string() }),
  status: 201,
});

export const revokeInvite = defineRoute({
  method: 'delete',
  path: '/invites/{id}',
  permission: 'members.manage',
  tag: 'People',
  summary: 'Withdraw an invite: its link stops working',
  params: idParams('inv'),
});

export const readInviteLink = defineRoute({
  method: 'get',
  path: '/invite-links/{token}',
  permission: 'public',
  tag: 'People',
  summary: 'What an invite link offers',
  params: z.object({ token: linkToken('inv') }),
  response: z.object({
    workspaceName: z.string(),
    invitedByName: z.string(),
    role: accessRole,
    /** Null when the invite names no address: the person gives one. */
    email: z.string().nullable(),
    /** What somebody who was awaited is called already; they may change it. */
    name: z.string().nullable(),
    expiresAt: instant,
  }),
});

export const acceptInvite = defineRoute({
  method: 'post',
  path: '/invite-links/{token}/accept',
  permission: 'public',
  tag: 'People',
  summary: 'Join the workspace with a name and a password; sign in with them afterwards',
  params: z.object({ token: linkToken('inv') }),
  body: z.object({
    name: personName,
    /** Required when the invite names no address; otherwise it must be the invite's. */
    email: email.optional(),
    password,
    /** What stands behind `#mailed=` in the link that was mailed: its address is proved and needs no code. */
    mailed: z.string().max(200).optional(),
    /** Default: the workspace's. */
    timeZone: timeZone.optional(),
  }),
  response: z.object({ userId: id('usr'), email: z.string() }),
  status: 201,
});
