import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { channelKind, deliveryState } from '#delivery/contract';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';

/**
 * `running`: it rings. `answered`: acknowledged. `missed`: not acknowledged in time. `unreachable`: nothing could be sent.
 * `left-out`: nothing was sent on purpose (asleep, drilled already). `ended`: somebody ended it, or the person left.
 */
export const drillPersonState = z.enum(['running', 'answered', 'missed', 'unreachable', 'left-out', 'ended']);
export type DrillPersonState = z.output<typeof drillPersonState>;

/** What one contact method did in a drill; times are seconds since the drill began. */
export const drillMethod = z.object({
  contactMethodId: id('cmt').nullable(),
  kind: channelKind,
  /** When the person's rules let it go out. */
  dueSeconds: z.number(),
  /** When the provider took it; null when it did not (yet). */
  handedOverSeconds: z.number().nullable(),
  /** When the provider said that it arrived; null where the channel does not tell. */
  rangSeconds: z.number().nullable(),
  state: z.enum(['planned', 'cancelled', ...deliveryState.options]),
  why: z.string().nullable(),
});
export type DrillMethodView = z.output<typeof drillMethod>;

export const drillPerson = z.object({
  drillId: id('drl'),
  userId: id('usr'),
  userName: z.string(),
  pageId: z.string().nullable(),
  state: drillPersonState,
  why: z.string().nullable(),
  startedAt: instant,
  /** When somebody opened the link of the message; a mail scanner opens links as well. */
  seenSeconds: z.number().nullable(),
  answeredSeconds: z.number().nullable(),
  answeredByChannel: z.string().nullable(),
  methods: z.array(drillMethod),
  /** All of it in a line: "web push after 1 s, SMS after 2 s (rang after 4 s), acknowledged after 22 s". */
  text: z.string(),
});
export type DrillPersonView = z.output<typeof drillPerson>;

export const drill = z.object({
  id: id('drl'),
  title: z.string(),
  /** Null when the plan did. */
  askedBy: z.string().nullable(),
  startedAt: instant,
  /** When those who have not answered by then have missed it. */
  endsAt: instant,
  people: z.array(drillPerson),
});
export type DrillView = z.output<typeof drill>;

/** What is known of one person: their last drill, or that there was none. */
export const drilledPerson = z.object({
  userId: id('usr'),
  userName: z.string(),
  last: drillPerson.nullable(),
});
export type DrilledPersonView = z.output<typeof drilledPerson>;

export const drillEvery = z.enum(['week', 'month']);
export type DrillEvery = z.output<typeof drillEvery>;

const planFields = {
  every: drillEvery,
  /** 1 = Monday … 7 = Sunday; of a month, the first one in it. */
  weekday: z.number().int().min(1).max(7),
  /** Wall time in the workspace's zone, such as 10:30. */
  atTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day like 10:30'),
};

/** When everybody on call is drilled by itself. */
export const drillPlan = z.object({ ...planFields, nextAt: instant, timeZone: z.string() });
export type DrillPlanView = z.output<typeof drillPlan>;

const tag = 'Paging drills';

export const listDrills = defineRoute({
  method: 'get',
  path: '/drills',
  permission: 'pages.read',
  tag,
  summary: 'List paging drills, newest first, with what came of each',
  query: pageQuery,
  response: listOf(drill),
});

export const readDrillRoute = defineRoute({
  method: 'get',
  path: '/drills/{id}',
  permission: 'pages.read',
  tag,
  summary: 'Read one paging drill',
  params: idParams('drl'),
  response: drill,
});

export const listDrilledPeople = defineRoute({
  method: 'get',
  path: '/drilled-people',
  permission: 'pages.read',
  tag,
  summary: 'Everybody who may be paged with their last drill, or that there was none',
  response: z.object({ items: z.array(drilledPerson) }),
});

export const startDrillRoute = defineRoute({
  method: 'post',
  path: '/drills',
  permission: 'drills.run',
  tag,
  summary: 'Send others a test page by their own rules, marked as a drill; it asks nobody else and ends by itself',
  body: z.object({
    of: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('people'), userIds: z.array(id('usr')).min(1).max(100) }),
      /** Who is on call by it now. */
      z.object({ kind: z.literal('schedule'), scheduleId: id('sch') }),
      /** Everybody whom any of its steps would ask now. */
      z.object({ kind: z.literal('policy'), policyId: id('epo') }),
      /** Everybody on call now: by a schedule, or asked by the first step of a policy. */
      z.object({ kind: z.literal('on-call') }),
    ]),
  }),
  response: drill,
  status: 201,
});

export const drillMyselfRoute = defineRoute({
  method: 'post',
  path: '/drills/mine',
  permission: 'pages.act',
  tag,
  summary: 'Send yourself a test page by your own rules for high urgency, marked as a drill',
  response: drill,
  status: 201,
});

export const endDrillRoute = defineRoute({
  method: 'post',
  path: '/drills/{id}/end',
  permission: 'pages.act',
  tag,
  summary: 'End a drill before its time: your own, or with the right to drill others any',
  params: idParams('drl'),
  response: drill,
});

export const readDrillPlan = defineRoute({
  method: 'get',
  path: '/drill-plan',
  permission: 'pages.read',
  tag,
  summary: 'When everybody on call is drilled by itself; null = never',
  response: z.object({ plan: drillPlan.nullable() }),
});

export const saveDrillPlan = defineRoute({
  method: 'put',
  path: '/drill-plan',
  permission: 'drills.run',
  tag,
  summary: 'Drill everybody on call every week or month within business hours, or with null not any more',
  body: z.object({ plan: z.object(planFields).nullable() }),
  response: z.object({ plan: drillPlan.nullable() }),
});
