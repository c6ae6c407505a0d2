import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';

const span = z.object({ startsAt: instant, endsAt: instant });

/** Somebody asks to be covered in a span of a schedule; with a span in return it is a swap. */
export const coverRequest = z.object({
  id: id('cov'),
  scheduleId: id('sch'),
  askedBy: id('usr'),
  /** Who is asked; null = whoever takes part in the schedule. */
  askedUserId: z.string().nullable(),
  startsAt: instant,
  endsAt: instant,
  /** Of a swap: the span in which the asking person takes the asked one's place. */
  inReturn: span.nullable(),
  note: z.string().nullable(),
  /** `expired`: its time was over before somebody answered. */
  state: z.enum(['open', 'accepted', 'declined', 'withdrawn', 'expired']),
  createdAt: instant,
  answeredAt: instant.nullable(),
  answeredBy: z.string().nullable(),
});
export type CoverRequestView = z.output<typeof coverRequest>;

const tag = 'Cover';

export const listCoverRequests = defineRoute({
  method: 'get',
  path: '/cover-requests',
  permission: 'schedules.read',
  tag,
  summary: 'List requests for cover whose time is not over, newest first',
  query: pageQuery.extend({ scheduleId: id('sch').optional() }),
  response: listOf(coverRequest),
});

export const askForCover = defineRoute({
  method: 'post',
  path: '/schedules/{id}/cover-requests',
  permission: 'schedules.cover',
  tag,
  summary: 'Ask one person, or whoever takes part, to take your place in a span, maybe for one of theirs in return',
  params: idParams('sch'),
  body: span.extend({
    askedUserId: id('usr').nullable().optional(),
    inReturn: span.nullable().optional(),
    note: line(200).optional(),
  }),
  response: coverRequest,
  status: 201,
});

export const acceptCover = defineRoute({
  method: 'post',
  path: '/cover-requests/{id}/accept',
  permission: 'schedules.cover',
  tag,
  summary: 'Take the place of who asks; it becomes an override at once, and so does what was offered in return',
  params: idParams('cov'),
  response: coverRequest,
});

export const declineCover = defineRoute({
  method: 'post',
  path: '/cover-requests/{id}/decline',
  permission: 'schedules.cover',
  tag,
  summary: 'Decline a request that was made to you',
  params: idParams('cov'),
  response: coverRequest,
});

export const withdrawCover = defineRoute({
  method: 'post',
  path: '/cover-requests/{id}/withdraw',
  permission: 'schedules.cover',
  tag,
  summary: 'Withdraw a request of your own that nobody has answered',
  params: idParams('cov'),
  response: coverRequest,
});
