import { z } from 'zod';
import { defineRoute, timeZone } from '#access/contract';
import { severity } from '#declare/contract';
import { channelKind } from '#delivery/contract';
import { wallTime } from '#detect/contract';
import { id, idParams, instant, line, listOf, pageQuery, seconds } from '#kernel/schema.ts';
import { urgency } from '../contact-method/contract.ts';
import { noticeChannelKind } from '../notice-channel/contract.ts';

/** Whom a step asks. Who is on call, or in a team, is looked up when the step begins. */
export const escalationTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), userId: id('usr') }),
  z.object({
    kind: z.literal('schedule'),
    scheduleId: id('sch'),
    /** Who is on call now, who is next, or all who take part. */
    who: z.enum(['current', 'next', 'everybody']).default('current'),
  }),
  z.object({ kind: z.literal('team'), teamId: id('team') }),
  /** A team channel or webhook: told what the step asks, and counted as nobody. */
  z.object({ kind: z.literal('channel'), noticeChannelId: id('nch') }),
]);
export type EscalationTargetView = z.output<typeof escalationTarget>;

export const askMode = z.enum(['all', 'round-robin']);
export const stepHours = z.enum(['business', 'off']);

/** Weekdays and times of a step's own, or all others; a stretch past midnight belongs to the day it begins on. */
export const ownHours = z.object({
  op: z.enum(['within', 'outside']).default('within'),
  /** ISO weekdays, 1 = Monday. */
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: wallTime,
  /** The same as `from` for a whole day. */
  to: wallTime,
  /** Whose clocks it goes by; null = the workspace's. */
  timeZone: timeZone.nullable().default(null),
});

const onlyHours = z.union(
  [stepHours, ownHours],
  'expected business, off, or hours with days from 1 to 7, from and to such as 09:00, and a known timeZone',
);

export const escalationStep = z.object({
  targets: z.array(escalationTarget),
  /** The people among the targets who are named themselves. */
  userIds: z.array(id('usr')),
  /** Everybody at once, or one person a page, by turns. */
  ask: askMode,
  /** How long the step waits for an acknowledgement before the next one begins. */
  delaySeconds: seconds(30, 86_400),
  /** Outside business hours it waits until they begin, if that is later. */
  untilBusinessHours: z.boolean(),
  /** Passed over for pages of another urgency; null = for every page. */
  onlyUrgency: urgency.nullable(),
  /** Passed over at other times: `business` hours, or `off` them, or hours of its own; null = at any time. */
  onlyHours: onlyHours.nullable(),
});
export type EscalationStepView = z.output<typeof escalationStep>;

/** A step as it is written; `userIds` is short for targets that are people. */
const stepBody = z.object({
  targets: z.array(escalationTarget).max(20).default([]),
  userIds: z.array(id('usr')).max(20).default([]),
  ask: askMode.default('all'),
  delaySeconds: seconds(30, 86_400),
  untilBusinessHours: z.boolean().default(false),
  onlyUrgency: urgency.nullable().default(null),
  onlyHours: onlyHours.nullable().default(null),
});
export type EscalationStepBody = z.output<typeof stepBody>;

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
  /** Whether one acknowledgement is enough, or everybody asked by the step has to give theirs. */
  acknowledgement: z.enum(['one', 'all']),
  /** After so long without a word from whoever acknowledged, paging begins again; null = never. */
  acknowledgeTimeoutSeconds: z.number().int().nullable(),
  /** Whom to ask when nobody in the steps can be reached; the owners come after them. */
  fallback: z.array(escalationTarget),
  changedAt: instant,
});
export type EscalationPolicyView = z.output<typeof escalationPolicy>;

const document = {
  name: line(120),
  steps: z.array(stepBody).min(1).max(10),
  repeatCount: z.number().int().min(0).max(9).default(2),
  acknowledgement: z.enum(['one', 'all']).default('one'),
  acknowledgeTimeoutSeconds: seconds(300, 86_400).nullable().default(null),
  fallback: z.array(escalationTarget).max(20).default([]),
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
  /** Why this person is asked now: "on call by “Primary” until Mon 09:00, then Bob"; null when the step names them. */
  because: z.string().nullable(),
  methods: z.array(planMethod),
  /** Why this person would not be reached; null when they would. */
  unreachable: z.string().nullable(),
  /** What holiday it is for them then, by their own calendar and clock; they are paged all the same. */
  holiday: z.string().nullable().default(null),
  /** The page is of low urgency, and their quiet hours run until then: they are told afterwards. Null when none do. */
  quietUntil: instant.nullable().default(null),
});

/** A team channel that a step tells. */
export const planChannel = z.object({
  noticeChannelId: id('nch'),
  name: z.string(),
  /** Null when it was removed. */
  kind: noticeChannelKind.nullable(),
  /** "step 2 of the policy “Default”". */
  reason: z.string(),
  /** Why nothing would arrive there now; null when it would. */
  problem: z.string().nullable(),
});

export const planStep = z.object({
  /** From 1. */
  step: z.number().int(),
  at: instant,
  waitSeconds: z.number().int(),
  /** Asks one of several, by turns. */
  byTurns: z.boolean(),
  people: z.array(planPerson),
  /** Places that are told. They wake nobody. */
  channels: z.array(planChannel),
  /** It tells channels and asks nobody, so it only waits. */
  channelsOnly: z.boolean(),
  /** What the step names and what is nobody at that time: a schedule with a gap, an empty team. */
  holes: z.array(z.string()),
  /** Said when the step is passed over at once, with the reason. */
  skipped: z.string().nullable(),
  /** Holidays that keep business hours from running: it waits longer for them, or applies or is passed over because of them. */
  closed: z.array(z.string()).default([]),
});

export type PlanStepView = z.output<typeof planStep>;

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
  /** Holidays that business hours wait for to be over. */
  closed: z.array(z.string()),
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
  query: z.object({
    serviceId: id('svc').optional(),
    severity: severity.optional(),
    /** Of an alert without an incident; a severity says it itself. */
    urgency: urgency.optional(),
    at: instant.optional(),
  }),
  response: pagePlan,
});
