import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery, prose, queryFlag } from '#kernel/schema.ts';
import { incidentRole } from '../role/contract.ts';
import { severity } from '../severity/contract.ts';

export const incidentState = z.enum(['suspected', 'active', 'mitigated', 'resolved', 'closed', 'declined']);
export type IncidentState = z.output<typeof incidentState>;

export const incidentKind = z.enum(['real', 'drill']);
export type IncidentKind = z.output<typeof incidentKind>;

/** A stretch during which customers felt it; a reopened incident has several. */
export const impactInterval = z.object({ startedAt: instant, endedAt: instant.nullable() });

export const incident = z.object({
  id: id('inc'),
  /** INC-1, INC-2, … per workspace. */
  reference: z.string(),
  title: z.string(),
  state: incidentState,
  severity,
  /** False while the severity is only the default and nobody has chosen it. */
  severityConfirmed: z.boolean(),
  severityPolicyVersion: z.number().int(),
  kind: incidentKind,
  /** Declared by a rule and not by a person. */
  automatic: z.boolean(),
  customerFacing: z.boolean(),
  serviceIds: z.array(z.string()),
  impactStartedAt: instant,
  detectedAt: instant,
  declaredAt: instant,
  declaredBy: z.string().nullable(),
  acceptedAt: instant.nullable(),
  mitigatedAt: instant.nullable(),
  resolvedAt: instant.nullable(),
  closedAt: instant.nullable(),
  declinedAt: instant.nullable(),
  declineReason: z.string().nullable(),
  standDownAt: instant.nullable(),
  postmortemOwnerId: z.string().nullable(),
  /** Every linked alert has recovered: the screen offers to resolve. */
  recoveryProposedAt: instant.nullable(),
  reopenedCount: z.number().int(),
  impact: z.array(impactInterval),
  roles: z.partialRecord(incidentRole, z.string()),
  /** Number of the last entry of the timeline. */
  seq: z.number().int(),
});
export type IncidentView = z.output<typeof incident>;

const tag = 'Incidents';

export const listIncidentsRoute = defineRoute({
  method: 'get',
  path: '/incidents',
  permission: 'incidents.read',
  tag,
  summary: 'List incidents, newest first',
  query: pageQuery.extend({
    state: incidentState.optional(),
    /** Suspected, active and mitigated ones (true), or all the others (false). */
    open: queryFlag.optional(),
    severity: severity.optional(),
    kind: incidentKind.optional(),
  }),
  response: listOf(incident),
});

export const readIncidentRoute = defineRoute({
  method: 'get',
  path: '/incidents/{id}',
  permission: 'incidents.read',
  tag,
  summary: 'Read an incident',
  params: idParams('inc'),
  response: incident,
});

const declaration = z.object({
  title: line(200),
  /** Absent = the default of the severity policy, marked unconfirmed. */
  severity: severity.optional(),
  serviceIds: z.array(id('svc')).max(50).optional(),
  customerFacing: z.boolean().optional(),
});

export const declareIncidentRoute = defineRoute({
  method: 'post',
  path: '/incidents',
  permission: 'incidents.declare',
  tag,
  summary: 'Declare an incident; only a title is needed',
  body: declaration.extend({
    alertIds: z.array(id('alt')).max(200).optional(),
    kind: incidentKind.default('real'),
    impactStartedAt: instant.optional(),
  }),
  response: incident,
  status: 201,
});

export const declareFromAlert = defineRoute({
  method: 'post',
  path: '/alerts/{id}/declare',
  permission: 'incidents.declare',
  tag,
  summary: 'Declare an incident from an alert; the title is taken from it unless given',
  params: idParams('alt'),
  body: declaration.partial().optional(),
  response: incident,
  status: 201,
});

export const editIncident = defineRoute({
  method: 'patch',
  path: '/incidents/{id}',
  permission: 'incidents.respond',
  tag,
  summary: 'Change the title, the services, the start of the impact or whether customers notice',
  params: idParams('inc'),
  body: z.object({
    title: line(200).optional(),
    serviceIds: z.array(id('svc')).max(50).optional(),
    customerFacing: z.boolean().optional(),
    /** Changes metrics, never the clocks that run. */
    impactStartedAt: instant.optional(),
  }),
  response: incident,
});

export const acceptIncidentRoute = defineRoute({
  method: 'post',
  path: '/incidents/{id}/accept',
  permission: 'incidents.respond',
  tag,
  summary: 'Say that a suspected incident is one',
  params: idParams('inc'),
  body: declaration.pick({ title: true, severity: true, customerFacing: true }).partial().optional(),
  response: incident,
});

export const declineIncidentRoute = defineRoute({
  method: 'post',
  path: '/incidents/{id}/decline',
  permission: 'incidents.respond',
  tag,
  summary: 'False alarm: stop paging, correct what was public, leave it out of the figures',
  params: idParams('inc'),
  body: z.object({ reason: prose(1_000).optional() }).optional(),
  response: incident,
});

export const changeSeverityRoute = defineRoute({
  method: 'post',
  path: '/incidents/{id}/severity',
  permission: 'incidents.respond',
  tag,
  summary: 'Change or confirm the severity, with a reason; raising it does what the higher level asks for',
  params: idParams('inc'),
  body: z.object({ severity, reason: prose(1_000) }),
  response: incident,
});

export const linkAlerts = defineRoute({
  method: 'post',
  path: '/incidents/{id}/alerts',
  permission: 'incidents.respond',
  tag,
  summary: 'Add alerts to an incident',
  params: idParams('inc'),
  body: z.object({ alertIds: z.array(id('alt')).min(1).max(200) }),
  response: incident,
});

export const effectState = z.enum(['pending', 'done', 'failed', 'skipped']);
export type EffectState = z.output<typeof effectState>;

/** One line of the checklist of what declaring set off. */
export const effect = z.object({
  effect: z.string(),
  state: effectState,
  /** What came of it, or why not, in one sentence. */
  detail: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
});
export type EffectView = z.output<typeof effect>;

export const listEffects = defineRoute({
  method: 'get',
  path: '/incidents/{id}/effects',
  permission: 'incidents.read',
  tag,
  summary: 'Read what declaring set off, with result and time',
  params: idParams('inc'),
  response: z.object({ items: z.array(effect), nextCursor: z.null() }),
});
