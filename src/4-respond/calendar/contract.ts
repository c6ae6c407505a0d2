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

/** What an iCalendar file comes to as overrides of a schedule, from now on and at most a year ahead. */
export const calendarPlan = z.object({
  /** What stands in the file, and whom it is about; null = nobody who is known here, so it is left out. */
  entries: z.array(z.object({ summary: z.string(), startsAt: instant, endsAt: instant, userId: id('usr').nullable() })),
  /** The overrides: in each stretch these people, and nobody else, are on call. */
  stretches: z.array(z.object({ startsAt: instant, endsAt: instant, userIds: z.array(id('usr')) })),
  /** Titles that name nobody. */
  unknown: z.array(z.string()),
});
export type CalendarPlanView = z.output<typeof calendarPlan>;

/** A file of the longest length, however its characters are written in JSON. */
const IMPORT_BYTES = 2_000_000;

const calendarImport = z.object({
  /** The text of an .ics file. */
  ics: z.string().min(1).max(500_000),
  /** Whom titles mean that name nobody by address or full name. */
  people: z
    .array(z.object({ summary: z.string().max(200), userId: id('usr') }))
    .max(200)
    .default([]),
});

export const planCalendarImport = defineRoute({
  method: 'post',
  path: '/schedules/{id}/calendar-plans',
  permission: 'schedules.manage',
  tag,
  summary: 'What an .ics file would come to as overrides of a schedule; writes nothing',
  params: idParams('sch'),
  body: calendarImport,
  bodyLimitBytes: IMPORT_BYTES,
  response: calendarPlan,
});

export const importCalendar = defineRoute({
  method: 'post',
  path: '/schedules/{id}/calendar-imports',
  permission: 'schedules.manage',
  tag,
  summary: 'Write the overrides of an .ics file, all or none',
  params: idParams('sch'),
  body: calendarImport,
  bodyLimitBytes: IMPORT_BYTES,
  response: calendarPlan,
  status: 201,
});
