import { z } from 'zod';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';
import { defineRoute } from '../route.ts';
import { accessRole, personName, timeZone } from '../schema.ts';

/** A person as a member of this workspace. */
export const user = z.object({
  id: id('usr'),
  name: z.string(),
  email: z.string(),
  /** The person's own time zone. */
  timeZone: z.string(),
  role: accessRole,
  /** False after deactivation: cannot sign in, is never paged. */
  active: z.boolean(),
  joinedAt: instant,
  deactivatedAt: instant.nullable(),
  /** Named by an import and not here yet: has duties, cannot sign in and is told nothing before accepting an invite. */
  awaited: z.boolean(),
});

export const listUsers = defineRoute({
  method: 'get',
  path: '/users',
  permission: 'members.read',
  tag: 'People',
  summary: 'List the people of the workspace, oldest members first',
  query: pageQuery,
  response: listOf(user),
});

export const readUserRoute = defineRoute({
  method: 'get',
  path: '/users/{id}',
  permission: 'members.read',
  tag: 'People',
  summary: 'Read one person',
  params: idParams('usr'),
  response: user,
});

export const updateProfile = defineRoute({
  method: 'patch',
  path: '/profile',
  permission: 'self.manage',
  tag: 'People',
  summary: 'Change your own name or time zone',
  body: z.object({ name: personName.optional(), timeZone: timeZone.optional() }),
  response: user,
});

export const changeAccessRole = defineRoute({
  method: 'put',
  path: '/users/{id}/role',
  permission: 'members.manage',
  tag: 'People',
  summary: 'Change what a person may do; only an owner makes or unmakes owners, and the last owner stays',
  params: idParams('usr'),
  body: z.object({ role: accessRole }),
  response: user,
});

export const previewDeactivation = defineRoute({
  method: 'get',
  path: '/users/{id}/deactivation',
  permission: 'members.manage',
  tag: 'People',
  summary: 'Say what deactivating a person would change, before it is done',
  params: idParams('usr'),
  response: z.object({
    /** False when it would be refused; `refusal` says why. */
    allowed: z.boolean(),
    refusal: z.string().nullable(),
    /** One sentence per consequence; empty when nothing else changes. */
    consequences: z.array(z.string()),
  }),
});

export const deactivateUser = defineRoute({
  method: 'post',
  path: '/users/{id}/deactivate',
  permission: 'members.manage',
  tag: 'People',
  summary: 'Deactivate a person: signs them out everywhere and stops their API keys and pages',
  params: idParams('usr'),
  response: user,
});

export const reactivateUser = defineRoute({
  method: 'post',
  path: '/users/{id}/reactivate',
  permission: 'members.manage',
  tag: 'People',
  summary: 'Let a deactivated person in again; API keys stay revoked',
  params: idParams('usr'),
  response: user,
});
