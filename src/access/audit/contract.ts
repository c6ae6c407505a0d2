import { z } from 'zod';
import { id, instant, listOf, pageQuery } from '#kernel/schema.ts';
import { defineRoute } from '../route.ts';

export const auditLogEntry = z.object({
  id: id('aud'),
  at: instant,
  /** Null when Allclear itself acted; `actorName` then names its part. */
  actorUserId: id('usr').nullable(),
  actorName: z.string(),
  channel: z.string(),
  action: z.string(),
  subjectId: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

export const listAuditLog = defineRoute({
  method: 'get',
  path: '/audit-log',
  permission: 'audit.read',
  tag: 'Workspace',
  summary: 'Who changed what, newest first',
  query: pageQuery.extend({
    actorUserId: id('usr').optional(),
    subjectId: z.string().max(80).optional(),
    action: z.string().max(80).optional(),
  }),
  response: listOf(auditLogEntry),
});
