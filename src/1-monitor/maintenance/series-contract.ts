import { z } from 'zod';
import { defineRoute, timeZone } from '#access/contract';
import { calendarDate, id, idParams, instant, line, listOf, pageQuery, seconds } from '#kernel/schema.ts';

const atTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 02:30');
/** 1 is Monday, 7 is Sunday. */
const weekday = z.number().int().min(1).max(7);

/** When planned work comes again; times are of the clock of its zone. */
export const repeat = z.discriminatedUnion('every', [
  z.object({ every: z.literal('day'), atTime }),
  z.object({ every: z.literal('week'), atTime, days: z.array(weekday).min(1, 'name at least one day').max(7) }),
  z.object({
    every: z.literal('month'),
    atTime,
    on: z.union([
      z.object({ day: z.union([z.number().int().min(1).max(31), z.literal('last')]) }),
      z.object({ nth: z.union([z.number().int().min(1).max(4), z.literal('last')]), weekday }),
    ]),
  }),
  /** Five fields as in crontab. */
  z.object({ every: z.literal('cron'), expression: line(100) }),
]);
export type Repeat = z.output<typeof repeat>;

/** Two may not begin within less. */
export const CLOSEST_SECONDS = 15 * 60;

const recurrence = {
  repeat,
  timeZone,
  /** In time that passes, whatever clocks do meanwhile. */
  durationSeconds: seconds(60, 7 * 86_400),
  /** The first date on which it may begin, in its zone; default: today. */
  fromDate: calendarDate.optional(),
  /** The last one; null = for ever. */
  untilDate: calendarDate.nullable().default(null),
};

const targets = {
  serviceIds: z.array(id('svc')).max(100),
  monitorIds: z.array(id('mon')).max(200),
};

export const createSeriesBody = z.object({
  title: line(200),
  ...recurrence,
  serviceIds: targets.serviceIds.default([]),
  monitorIds: targets.monitorIds.default([]),
});

const occurrence = z.object({ startsAt: instant, endsAt: instant });

export const maintenanceSeries = z.object({
  id: id('mse'),
  title: z.string(),
  repeat,
  timeZone: z.string(),
  durationSeconds: z.number().int(),
  fromDate: z.string(),
  untilDate: z.string().nullable(),
  serviceIds: z.array(id('svc')),
  monitorIds: z.array(id('mon')),
  state: z.enum(['active', 'over']),
  /** The next five that are planned, those that were called off included. */
  next: z.array(occurrence.extend({ id: id('mwn'), state: z.enum(['planned', 'called-off']) })),
  createdAt: instant,
  createdBy: z.string().nullable(),
  /** When somebody ended it, or when the last one of it began. */
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
});
export type MaintenanceSeriesView = z.output<typeof maintenanceSeries>;

const tag = 'Maintenance windows';

export const listMaintenanceSeries = defineRoute({
  method: 'get',
  path: '/maintenance-series',
  permission: 'services.read',
  tag,
  summary: 'Maintenance that comes again, newest first',
  query: pageQuery.extend({ state: z.enum(['active', 'over']).optional() }),
  response: listOf(maintenanceSeries),
});

export const previewMaintenanceSeries = defineRoute({
  method: 'post',
  path: '/maintenance-series/preview',
  permission: 'services.read',
  tag,
  summary: 'The next five times that a rule would give; nothing is stored',
  body: z.object(recurrence),
  response: z.object({ items: z.array(occurrence) }),
});

export const createMaintenanceSeries = defineRoute({
  method: 'post',
  path: '/maintenance-series',
  permission: 'services.manage',
  tag,
  summary: 'Plan maintenance that comes again',
  description:
    'A time that the clock leaves out begins at the end of the gap, one that comes twice at the first. Windows are planned ahead, and each may be moved, called off or ended by itself.',
  body: createSeriesBody,
  response: maintenanceSeries,
  status: 201,
});

export const changeMaintenanceSeries = defineRoute({
  method: 'patch',
  path: '/maintenance-series/{id}',
  permission: 'services.manage',
  tag,
  summary: 'Change what comes of a series; what has begun stays as it was',
  params: idParams('mse'),
  body: z.object({ title: line(200), ...recurrence, untilDate: calendarDate.nullable(), ...targets }).partial(),
  response: maintenanceSeries,
});

export const endMaintenanceSeries = defineRoute({
  method: 'post',
  path: '/maintenance-series/{id}/end',
  permission: 'services.manage',
  tag,
  summary: 'End a series: what is planned is called off, what runs goes on to its end',
  params: idParams('mse'),
  response: maintenanceSeries,
});
