import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { severity } from '#declare/contract';
import { channelKind } from '#delivery/contract';
import { id, idParams, instant, line, listOf, pageQuery, seconds } from '#kernel/schema.ts';
import { urgency } from '../contact-method/contract.ts';

export const escalationStep = z.object({
  /** Everybody here is paged when the step begins. */
  userIds: z.array(id('usr')).max(20),
  /** How long the step waits for an acknowledgement before the next one begins. */
  delaySeconds: seconds(30, 86_400),
});
export type EscalationStepView = z.output<typeof escalationStep>;

/** Who is asked, in which order. A page keeps the version it began with. */
export const escalationPolicy = z.object({
  id: id('epo'),
  name: z.string(),
  version: z.number().int(),
  /** Used for every service that names no other policy. */
  isDefault: z.boolean(),
  /** The services that name this policy; set on the service. */
  serviceIds: z.array(z.string()),
  steps: z.array(escalationStep),
  /** How often all steps are gone through again when nobody acknowledges. */
  repeatCount: z.number().int(),
  changedAt: instant,
});
export type EscalationPolicyView = z.output<typeof escalationPolicy>;

const document = {
  name: line(120),
  steps: z.array(escalationStep).min(1).max(10),
  repeatCount: z.number().int().min(0).max(9).default(2),
};

const tag = 'Escalation policies';

export const listEscalationPolicies = defineRoute({
  method: 'get',
  path: '/escalation-policies',
  permission: 'policies.read',
  tag,
  summary: 'List escalation policies, the default first',
  query: pageQuery,
  response: listOf(escalationPolicy),
});

export const readEscalationPolicy = defineRoute({
  method: 'get',
  path: '/escalation-policies/{id}',
  permission: 'policies.read',
  tag,
  summary: 'Read an escalation policy',
  params: idParams('epo'),
  response: escalationPolicy,
});

export const createEscalationPolicy = defineRoute({
  method: 'post',
  path: '/escalation-policies',
  permission: 'policies.manage',
  tag,
  summary: 'Add an escalation policy; services name it to use it',
  body: z.object(document),
  response: escalationPolicy,
  status: 201,
});

export const changeEscalationPolicy = defineRoute({
  method: 'put',
  path: '/escalation-policies/{id}',
  permission: 'policies.manage',
  tag,
  summary: 'Write a new version; running pages keep theirs. Refused when somebody else changed it meanwhile',
  params: idParams('epo'),
  body: z.object({ ...document, /** The version that was edited. */ version: z.number().int().min(1) }),
  response: escalationPolicy,
});

export const deleteEscalationPolicy = defineRoute({
  method: 'delete',
  path: '/escalation-policies/{id}',
  permission: 'policies.manage',
  tag,
  summary: 'Remove a policy; its services fall back to the default one, which cannot be removed',
  params: idParams('epo'),
});

export const planMethod = z.object({
  contactMethodId: id('cmt'),
  kind: channelKind,
  address: z.string(),
  /** When it would go out. */
  at: instant,
  delaySeconds: z.number().int(),
});

export const planPerson = z.object({
  userId: id('usr'),
  name: z.string(),
  /** "step 1 of Default", "owner, because nobody in the policy can be reached". */
  reason: z.string(),
  methods: z.array(planMethod),
  /** Why this person would not be reached; null when they would. */
  unreachable: z.string().nullable(),
});

export const planStep = z.object({
  /** From 1. */
  step: z.number().int(),
  at: instant,
  waitSeconds: z.number().int(),
  people: z.array(planPerson),
  /** Said when the step is passed over at once because nobody in it can be reached. */
  skipped: z.string().nullable(),
});

/** Who would be paged, when, by what, and why. */
export const pagePlan = z.object({
  serviceId: z.string().nullable(),
  severity: severity.nullable(),
  at: instant,
  urgency,
  policy: z.object({ id: id('epo'), name: z.string(), version: z.number().int(), isDefault: z.boolean() }),
  /** `now`, held until business hours, or nobody by severity. */
  timing: z.enum(['now', 'business-hours', 'none']),
  /** When the first page would go out; null for `none`. */
  startsAt: instant.nullable(),
  steps: z.array(planStep),
  repeatCount: z.number().int(),
  /** Everybody active is told too. */
  allHands: z.boolean(),
  /** What is wrong with it, in sentences: nobody reachable, mail not configured, one person only. */
  findings: z.array(z.string()),
});
export type PagePlanView = z.output<typeof pagePlan>;

export const readOnCall = defineRoute({
  method: 'get',
  path: '/oncall',
  permission: 'policies.read',
  tag,
  summary: 'Who would be paged, in which order, by what and why, for a service, a severity and an instant',
  query: z.object({ serviceId: id('svc').optional(), severity: severity.optional(), at: instant.optional() }),
  response: pagePlan,
});
