import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { severity } from '#declare/contract';
import { channelKind, deliveryState } from '#delivery/contract';
import { id, idParams, instant, line, listOf, pageQuery, prose, queryFlag } from '#kernel/schema.ts';
import { urgency } from '../contact-method/contract.ts';
import { noticeChannelKind } from '../notice-channel/contract.ts';
import { escalationTarget } from '../escalation/contract.ts';

/**
 * `held`: waits for business hours. `stopped`: over, with what it was about (recovered, resolved, false alarm); who had
 * acknowledged it stays on it.
 */
export const pageState = z.enum(['held', 'open', 'acknowledged', 'stopped']);
export type PageState = z.output<typeof pageState>;

/** What the page asks for. */
export const pageCause = z.enum(['alert', 'incident', 'role-vacancy', 'by-hand', 'drill']);
export type PageCause = z.output<typeof pageCause>;

/** One message of a page to one person. */
export const pageNotice = z.object({
  userId: id('usr'),
  userName: z.string(),
  contactMethodId: id('cmt').nullable(),
  kind: channelKind,
  /** From 1. */
  step: z.number().int(),
  /** From 1; the steps begin again when nobody acknowledges. */
  cycle: z.number().int(),
  /** When it goes or went out. */
  at: instant,
  /** The end of the quiet hours that it waits or waited for; null when it waits for none. */
  quietUntil: instant.nullable().default(null),
  /** `folded`: it goes out with others in one message, in a moment. */
  state: z.enum(['planned', 'cancelled', 'folded', ...deliveryState.options]),
  /** It goes or went out with others, in one message that has the delivery. */
  folded: z.boolean(),
  why: z.string().nullable(),
  deliveryId: z.string().nullable(),
});
export type PageNoticeView = z.output<typeof pageNotice>;

/** What a page told a team channel. */
export const pagePost = z.object({
  noticeChannelId: id('nch'),
  name: z.string(),
  kind: noticeChannelKind,
  /** From 1. */
  step: z.number().int(),
  cycle: z.number().int(),
  at: instant,
  state: deliveryState,
  why: z.string().nullable(),
  deliveryId: z.string(),
});
export type PagePostView = z.output<typeof pagePost>;

/** One demand for a responder's attention. */
export const page = z.object({
  id: id('pag'),
  title: z.string(),
  state: pageState,
  cause: pageCause,
  urgency,
  severity: severity.nullable(),
  drill: z.boolean(),
  alertId: z.string().nullable(),
  incidentId: z.string().nullable(),
  serviceId: z.string().nullable(),
  /** Who asked by hand, and in which words; null for other causes. */
  askedBy: z.string().nullable(),
  note: z.string().nullable(),
  policyId: z.string().nullable(),
  policyVersion: z.number().int().nullable(),
  step: z.number().int(),
  cycle: z.number().int(),
  createdAt: instant,
  /** When a held page goes out. */
  startsAt: instant,
  /** When the next step begins, and who it asks; null when no further step comes. */
  nextStepAt: instant.nullable(),
  nextUserIds: z.array(z.string()),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  acknowledgedChannel: z.string().nullable(),
  /** When paging begins again unless whoever acknowledged is heard from; null = never. */
  acknowledgementEndsAt: instant.nullable(),
  /** Whether everybody whom the step asks has to acknowledge, and who has. */
  acknowledgement: z.enum(['one', 'all']),
  answers: z.array(z.object({ userId: id('usr'), userName: z.string(), at: instant, channel: z.string() })),
  stoppedAt: instant.nullable(),
  stopReason: z.string().nullable(),
  /** True when no message of it could be sent to anybody; a channel is nobody. */
  reachedNobody: z.boolean(),
  notices: z.array(pageNotice),
  /** Team channels that were told. */
  posts: z.array(pagePost),
});
export type PageView = z.output<typeof page>;

const tag = 'Pages';

export const listPages = defineRoute({
  method: 'get',
  path: '/pages',
  permission: 'pages.read',
  tag,
  summary: 'List pages, newest first',
  query: pageQuery.extend({
    state: pageState.optional(),
    /** `false` leaves paging drills out. */
    drills: queryFlag.optional(),
    alertId: id('alt').optional(),
    incidentId: id('inc').optional(),
  }),
  response: listOf(page),
});

export const readPageRoute = defineRoute({
  method: 'get',
  path: '/pages/{id}',
  permission: 'pages.read',
  tag,
  summary: 'Read a page with every message it sent',
  params: idParams('pag'),
  response: page,
});

export const createPage = defineRoute({
  method: 'post',
  path: '/pages',
  permission: 'pages.act',
  tag,
  summary: 'Page people, teams or whoever is on call by hand, with or without an incident',
  body: z.object({
    title: line(200),
    /** What they should know or do. */
    note: prose(2_000).optional(),
    /** At least one who is no channel. */
    targets: z.array(escalationTarget).min(1).max(20),
    urgency: urgency.default('high'),
    serviceId: id('svc').optional(),
    incidentId: id('inc').optional(),
  }),
  response: page,
  status: 201,
});

export const withdrawPageRoute = defineRoute({
  method: 'post',
  path: '/pages/{id}/withdraw',
  permission: 'pages.act',
  tag,
  summary: 'End a page that was sent by hand; whoever was paged is told',
  params: idParams('pag'),
  response: page,
});

export const acknowledgePageRoute = defineRoute({
  method: 'post',
  path: '/pages/{id}/acknowledge',
  permission: 'pages.act',
  tag,
  summary: 'Say that you are on it; paging stops and everybody paged is told. Optionally take command',
  params: idParams('pag'),
  body: z.object({ takeCommand: z.boolean().default(false) }).optional(),
  response: page,
});

export const escalatePageRoute = defineRoute({
  method: 'post',
  path: '/pages/{id}/escalate',
  permission: 'pages.act',
  tag,
  summary: 'Begin the next step now',
  params: idParams('pag'),
  response: page,
});

export const listIncidentPages = defineRoute({
  method: 'get',
  path: '/incidents/{id}/pages',
  permission: 'pages.read',
  tag,
  summary: 'List the pages of an incident and of its alerts, newest first',
  params: idParams('inc'),
  query: pageQuery,
  response: listOf(page),
});
