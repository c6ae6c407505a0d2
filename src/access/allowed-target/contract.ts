import { z } from 'zod';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';
import { defineRoute } from '../route.ts';

export const allowedTarget = z.object({
  /** Null for those that the environment sets; they can only be changed there. */
  id: id('tgt').nullable(),
  cidr: z.string(),
  source: z.enum(['environment', 'workspace']),
  addedBy: id('usr').nullable(),
  addedAt: instant.nullable(),
});

export const listAllowedTargets = defineRoute({
  method: 'get',
  path: '/allowed-targets',
  permission: 'monitors.read',
  tag: 'Workspace',
  summary: 'List the private networks that monitors and webhooks may reach',
  query: pageQuery,
  response: listOf(allowedTarget),
});

export const allowTarget = defineRoute({
  method: 'post',
  path: '/allowed-targets',
  permission: 'targets.allow',
  tag: 'Workspace',
  summary: 'Allow a private network; link-local (cloud metadata) addresses are always refused',
  body: z.object({ cidr: z.string().trim().max(64) }),
  response: allowedTarget,
  status: 201,
});

export const forbidTarget = defineRoute({
  method: 'delete',
  path: '/allowed-targets/{id}',
  permission: 'targets.allow',
  tag: 'Workspace',
  summary: 'Stop allowing a private network',
  params: idParams('tgt'),
});
