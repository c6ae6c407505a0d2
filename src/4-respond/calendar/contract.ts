import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';

export const CALENDAR_FEED_LIMIT = 50;

/** A secret address that a calendar program reads; it shows what its maker may see, for as long as they may. */
export const calendarFeed = z.object({
  id: id('cal'),
  /** What stands in it: one person's shifts, all shifts of a schedule, or those of everybody in a team. */
  kind: z.enum(['person', 'schedule', 'team']),
  /** The person, schedule or team. */
  subjectId: z.string(),
  createdAt: instant,
  createdBy: z.string(),
});
export type CalendarFeedView = z.output<typeof calendarFeed>;

const tag = 'Calendars';

export const listCalendarFeeds = defineRoute({
  method: 'get',
  path: '/calendar-feeds',
  permission: 'schedules.read',
  tag,
  summary: 'List your own calendar feeds, newest first; who manages schedules sees everybody’s',
  query: pageQuery,
  response: listOf(calendarFeed),
});

export const createCalendarFeed = defineRoute({
  method: 'post',
  path: '/calendar-feeds',
  permission: 'schedules.read',
  tag,
  summary: 'Make a secret calendar address for a person, a schedule or a team; it is shown this once',
  body: z.object({
    kind: z.enum(['person', 'schedule', 'team']),
    /** Yourself when left out, for a person. */
    subjectId: z.string().min(1).max(80).optional(),
  }),
  response: calendarFeed.extend({ url: z.string() }),
  status: 201,
});

export const revokeCalendarFeed = defineRoute({
  method: 'delete',
  path: '/calendar-feeds/{id}',
  permission: 'schedules.read',
  tag,
  summary: 'Revoke a calendar address; programs that still read it find nothing',
  params: idParams('cal'),
});
