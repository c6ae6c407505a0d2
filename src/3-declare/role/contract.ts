import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, instant } from '#kernel/schema.ts';

export const INCIDENT_ROLES = ['incident-commander', 'communications-lead', 'subject-matter-expert', 'scribe'] as const;
export const incidentRole = z.enum(INCIDENT_ROLES);
export type IncidentRole = z.output<typeof incidentRole>;

/** Roles as people read them. */
export const ROLE_NAMES: Readonly<Record<IncidentRole, string>> = {
  'incident-commander': 'Incident commander',
  'communications-lead': 'Communications lead',
  'subject-matter-expert': 'Subject-matter expert',
  scribe: 'Scribe',
};

/** What each role is for, in one sentence. */
export const ROLE_DUTIES: Readonly<Record<IncidentRole, string>> = {
  'incident-commander': 'Coordinates the response and decides; does not have to fix anything.',
  'communications-lead': 'Writes what customers and colleagues read, and keeps the promised times.',
  'subject-matter-expert': 'Knows the failing part and works on it.',
  scribe: 'Keeps the timeline complete while the others work.',
};

export const roleHolder = z.object({ role: incidentRole, userId: z.string().nullable(), since: instant.nullable() });
export type RoleHolder = z.output<typeof roleHolder>;

export const roleBoard = z.object({
  items: z.array(roleHolder),
  /** Set on SEV1 and SEV2 while the commander holds another working role: a sentence that suggests to split. */
  splitWarning: z.string().nullable(),
});

const params = z.object({ id: id('inc'), role: incidentRole });
const tag = 'Incident roles';

export const listRoles = defineRoute({
  method: 'get',
  path: '/incidents/{id}/roles',
  permission: 'incidents.read',
  tag,
  summary: 'Read who holds which role',
  params: z.object({ id: id('inc') }),
  response: roleBoard,
});

export const assignRoleRoute = defineRoute({
  method: 'put',
  path: '/incidents/{id}/roles/{role}',
  permission: 'incidents.respond',
  tag,
  summary: 'Give a role to a person, without a gap when somebody held it before',
  params,
  body: z.object({ userId: id('usr') }),
  response: roleBoard,
});

export const releaseRoleRoute = defineRoute({
  method: 'delete',
  path: '/incidents/{id}/roles/{role}',
  permission: 'incidents.respond',
  tag,
  summary: 'Leave a role vacant',
  params,
});
