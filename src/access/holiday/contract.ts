import { z } from 'zod';
import { calendarDate, id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';
import { defineRoute } from '../route.ts';

export const HOLIDAY_LIMITS = { calendars: 100, ownDays: 400, leftOut: 60, fileChars: 500_000 } as const;

/** A date between 1970 and 2199, which is more than any plan. */
const date = calendarDate.refine((text) => text >= '1970' && text < '2200', 'must be between 1970 and 2199');

export const holiday = z.object({ date: calendarDate, name: z.string() });
export type HolidayView = z.output<typeof holiday>;

/** Days on which an office is closed: of a country, and what was typed in. */
export const holidayCalendar = z.object({
  id: id('hol'),
  name: z.string(),
  version: z.number().int(),
  /** ISO 3166-1, such as `DE`; null = only days of its own. */
  country: z.string().nullable(),
  /** A part of it that has holidays of its own: `BY`, or in it `BY-A`. */
  region: z.string().nullable(),
  /** Whether days count too on which only banks and offices are closed. */
  bankHolidays: z.boolean(),
  /** Names of the country's holidays on which you work. */
  leftOut: z.array(z.string()),
  /** Days that were typed in. */
  ownDays: z.array(holiday),
  /** Of the workspace: its business hours, and everybody who has no other. */
  isDefault: z.boolean(),
  /** Teams whose people have it. */
  teamIds: z.array(z.string()),
  /** People who have it, whatever their teams. */
  userIds: z.array(z.string()),
  /** The next days of it, at most eight, all told. */
  coming: z.array(holiday),
  changedAt: instant,
});
export type HolidayCalendarView = z.output<typeof holidayCalendar>;

const place = {
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'expected a country such as DE')
    .nullable()
    .default(null),
  region: z
    .string()
    .regex(/^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})?$/, 'expected a region such as BY')
    .nullable()
    .default(null),
  bankHolidays: z.boolean().default(false),
};

const document = {
  name: line(80),
  ...place,
  leftOut: z.array(line(120)).max(HOLIDAY_LIMITS.leftOut).default([]),
  ownDays: z
    .array(z.object({ date, name: line(120) }))
    .max(HOLIDAY_LIMITS.ownDays)
    .default([]),
  isDefault: z.boolean().default(false),
  teamIds: z.array(id('team')).max(200).default([]),
  userIds: z.array(id('usr')).max(200).default([]),
};

const tag = 'Public holidays';
const manage = 'workspace.manage';

export const listHolidayCalendars = defineRoute({
  method: 'get',
  path: '/holiday-calendars',
  permission: 'workspace.read',
  tag,
  summary: 'List holiday calendars by name',
  query: pageQuery,
  response: listOf(holidayCalendar),
});

export const readHolidayCalendar = defineRoute({
  method: 'get',
  path: '/holiday-calendars/{id}',
  permission: 'workspace.read',
  tag,
  summary: 'Read a holiday calendar',
  params: idParams('hol'),
  response: holidayCalendar,
});

export const listHolidays = defineRoute({
  method: 'get',
  path: '/holiday-calendars/{id}/days',
  permission: 'workspace.read',
  tag,
  summary: 'The days of a holiday calendar in order; from last year on, and three years ahead',
  params: idParams('hol'),
  query: z.object({ /** Default: 1 January of this year. */ from: date.optional(), to: date.optional() }),
  response: z.object({ items: z.array(holiday) }),
});

export const createHolidayCalendar = defineRoute({
  method: 'post',
  path: '/holiday-calendars',
  permission: manage,
  tag,
  summary: 'Add a holiday calendar; whoever it is for loses another one',
  body: z.object(document),
  response: holidayCalendar,
  status: 201,
});

export const changeHolidayCalendar = defineRoute({
  method: 'put',
  path: '/holiday-calendars/{id}',
  permission: manage,
  tag,
  summary: 'Change a holiday calendar. Refused when somebody else changed it meanwhile',
  params: idParams('hol'),
  body: z.object({ ...document, /** The version that was edited. */ version: z.number().int().min(1) }),
  response: holidayCalendar,
});

export const deleteHolidayCalendar = defineRoute({
  method: 'delete',
  path: '/holiday-calendars/{id}',
  permission: manage,
  tag,
  summary: 'Remove a holiday calendar; its days are working days again',
  params: idParams('hol'),
});

export const previewHolidays = defineRoute({
  method: 'post',
  path: '/holiday-previews',
  permission: manage,
  tag,
  summary: 'The holidays of a country and region in a year, or the whole days of an .ics file; writes nothing',
  body: z.object({
    ...place,
    year: z.number().int().min(1970).max(2199).optional(),
    /** The text of an .ics file, instead of a country. */
    ics: z.string().min(1).max(HOLIDAY_LIMITS.fileChars).optional(),
  }),
  bodyLimitBytes: 4 * HOLIDAY_LIMITS.fileChars,
  response: z.object({
    items: z.array(holiday),
    /** Entries of the file that have a time of day, and so are no holidays. */
    leftOutEntries: z.number().int(),
  }),
});

const named = z.object({ code: z.string(), name: z.string() });

export const listHolidayCountries = defineRoute({
  method: 'get',
  path: '/holiday-countries',
  permission: 'workspace.read',
  tag,
  summary: 'Countries whose holidays are known, by name',
  response: z.object({ items: z.array(named) }),
});

export const listHolidayRegions = defineRoute({
  method: 'get',
  path: '/holiday-countries/{country}/regions',
  permission: 'workspace.read',
  tag,
  summary: 'Parts of a country that have holidays of their own',
  params: z.object({ country: z.string().regex(/^[A-Z]{2}$/, 'expected a country such as DE') }),
  response: z.object({ items: z.array(named) }),
});
