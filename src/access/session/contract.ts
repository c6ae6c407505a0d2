import { z } from 'zod';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';
import { defineRoute } from '../route.ts';
import { user } from '../user/contract.ts';
import { workspace } from '../workspace/contract.ts';

/**
 * Signing in and out is not under `/api/v1`: `POST /api/auth/sign-in/email {email, password}` sets the session cookie,
 * `POST /api/auth/sign-out {}` ends it, `POST /api/auth/change-password {currentPassword, newPassword,
 * revokeOtherSessions?}` changes the password (other sessions end unless it says false). Their refusals are problem details
 * as everywhere.
 */
export const SIGN_IN_PATH = '/api/auth/sign-in/email';
export const SIGN_OUT_PATH = '/api/auth/sign-out';
export const CHANGE_PASSWORD_PATH = '/api/auth/change-password';

export const readSession = defineRoute({
  method: 'get',
  path: '/session',
  permission: 'signed-in',
  tag: 'Session',
  summary: 'Who am I, where, and what may I do',
  response: z.object({
    user,
    workspace,
    /** All workspaces of the person, for switching. */
    workspaces: z.array(z.object({ id: id('ws'), name: z.string(), slug: z.string() })),
    permissions: z.array(z.string()),
    /** False until a verified contact method exists that a page would use. */
    canBePaged: z.boolean(),
  }),
});

export const session = z.object({
  id: id('ses'),
  createdAt: instant,
  expiresAt: instant,
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** The session that asks. */
  current: z.boolean(),
});

export const listSessions = defineRoute({
  method: 'get',
  path: '/sessions',
  permission: 'self.manage',
  tag: 'Session',
  summary: 'List where you are signed in',
  query: pageQuery,
  response: listOf(session),
});

export const revokeSession = defineRoute({
  method: 'delete',
  path: '/sessions/{id}',
  permission: 'self.manage',
  tag: 'Session',
  summary: 'Sign out one of your sessions',
  params: idParams('ses'),
});
