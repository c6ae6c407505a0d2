import { z } from 'zod';
import { idParams, instant } from '#kernel/schema.ts';
import { linkToken } from '../invite/contract.ts';
import { defineRoute } from '../route.ts';
import { email, password } from '../schema.ts';

export const createPasswordReset = defineRoute({
  method: 'post',
  path: '/users/{id}/password-reset',
  permission: 'members.manage',
  tag: 'People',
  summary: 'Make a link with which a person sets a new password; only an owner makes one for an owner',
  params: idParams('usr'),
  response: z.object({ /** Shown this once; expires after 24 hours. */ url: z.string(), expiresAt: instant }),
  status: 201,
});

export const requestPasswordReset = defineRoute({
  method: 'post',
  path: '/password-resets',
  permission: 'public',
  tag: 'People',
  summary: 'Ask for a reset link by mail; the answer is the same whether or not the address is known',
  body: z.object({ email }),
  status: 202,
  response: z.object({ accepted: z.literal(true) }),
});

export const readPasswordReset = defineRoute({
  method: 'get',
  path: '/password-resets/{token}',
  permission: 'public',
  tag: 'People',
  summary: 'Whose password a reset link sets',
  params: z.object({ token: linkToken('rst') }),
  response: z.object({ email: z.string(), expiresAt: instant }),
});

export const completePasswordReset = defineRoute({
  method: 'post',
  path: '/password-resets/{token}/complete',
  permission: 'public',
  tag: 'People',
  summary: 'Set a new password with a reset link; every session of the person ends',
  params: z.object({ token: linkToken('rst') }),
  body: z.object({ password }),
  response: z.object({ email: z.string() }),
});
