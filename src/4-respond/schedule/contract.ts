import { z } from 'zod';
import { defineRoute, timeZone } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 09:00');
const wallEnd = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected a time such as 17:00, at most 24:00');

export const scheduleTurn = z.object({
  /** On call together; nobody = a turn that is left open on purpose. */
  userIds: z.array(id('usr')).max(20).default([]),
  /** Of a custom rotation, where each turn says its own; in wall-clock time. */
  length: z.object({ count: z.number().int().min(1).max(8_784), unit: z.enum(['hours', 'days', 'weeks']) }).optional(),
});

export const scheduleRestriction = z.object({
  /** 1 = Monday … 7 = Sunday. */
  days: z.array(z.number().int().min(1).max(7)).min(1, 'name at least one weekday').max(7),
  start: wallTime,
  /** At or before the start = on the next day. */
  end: wallEnd,
});

export const scheduleLayer = z.object({
  name: line(80),
  /** Its people are shown beside those on call; they are never paged, and they fill no gap. */
  shadow: z.boolean().default(false),
  /** Wall time in the schedule's zone: the first turn begins then, and all others follow from it. */
  beginsAt: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, 'expected a date and time such as 2026-11-23T09:00'),
  rotation: z.object({
    kind: z.enum(['hourly', 'daily', 'weekly', 'monthly', 'custom']),
    /** Every so many hours, days, weeks or months the next turn begins; 1 for a custom rotation. */
    every: z.number().int().min(1).max(8_784).default(1),
  }),
  turns: z.array(scheduleTurn).min(1, 'a rotation has at least one turn').max(100),
  /** The layer covers only what lies in one of them; none = all the time. */
  restrictions: z.array(scheduleRestriction).max(50).default([]),
  /** What becomes of a turn when everybody in it is away. */
  whenAway: z.enum(['leave-open', 'next-in-rotation']).default('leave-open'),
});
export type ScheduleLayerView = z.output<typeof scheduleLayer>;

/** What a person writes: the plan and its name. */
export const scheduleDocument = {
  name: line(120),
  timeZone,
  /** A layer wins over the ones before it where it has somebody; they fill what it leaves. */
  layers: z.array(scheduleLayer).min(1, 'a schedule has at least one layer').max(10),
  /** How long before a shift its people are told; 0 = only when it begins and ends, null = not at all. */
  handOffMinutes: z.number().int().min(0).max(2_880).nullable().default(60),
};
const effectiveFrom = instant.optional();

/** Who is on call when: a plan in versions, of which each holds from its own instant on. */
export const schedule = z.object({
  id: id('sch'),
  ...scheduleDocument,
  version: z.number().int(),
  /** From when this version holds; until then the one before it does. */
  effectiveFrom: instant,
  changedAt: instant,
  changedBy: z.string().nullable(),
});
export type ScheduleView = z.output<typeof schedule>;

const tag = 'Schedules';

export const listSchedules = defineRoute({
  method: 'get',
  path: '/schedules',
  permission: 'schedules.read',
  tag,
  summary: 'List on-call schedules in their latest version',
  query: pageQuery,
  response: listOf(schedule),
});

export const readSchedule = defineRoute({
  method: 'get',
  path: '/schedules/{id}',
  permission: 'schedules.read',
  tag,
  summary: 'Read a schedule in its latest version',
  params: idParams('sch'),
  response: schedule,
});

export const listScheduleVersions = defineRoute({
  method: 'get',
  path: '/schedules/{id}/versions',
  permission: 'schedules.read',
  tag,
  summary: 'List every version of a schedule, the latest first',
  params: idParams('sch'),
  query: pageQuery,
  response: listOf(schedule),
});

export const createSchedule = defineRoute({
  method: 'post',
  path: '/schedules',
  permission: 'schedules.manage',
  tag,
  summary: 'Add a schedule; it holds from now on, or from a later instant',
  body: z.object({ ...scheduleDocument, effectiveFrom }),
  response: schedule,
  status: 201,
});

export const changeSchedule = defineRoute({
  method: 'put',
  path: '/schedules/{id}',
  permission: 'schedules.manage',
  tag,
  summary: 'Write a new version, which holds from now on or from a later instant; the past stays as it was',
  params: idParams('sch'),
  body: z.object({
    ...scheduleDocument,
    effectiveFrom,
    /** The version that was edited. */ version: z.number().int().min(1),
  }),
  response: schedule,
});

export const deleteSchedule = defineRoute({
  method: 'delete',
  path: '/schedules/{id}',
  permission: 'schedules.manage',
  tag,
  summary: 'Remove a schedule; nobody is on call by it any more',
  params: idParams('sch'),
});

export const scheduleOverride = z.object({
  id: id('ovr'),
  scheduleId: id('sch'),
  kind: z.enum(['add', 'remove', 'replace']),
  /** Who comes (`add`, `replace`) or goes (`remove`). */
  userId: id('usr'),
  /** Of `replace`: whose place is taken; null = everybody's. */
  replacedUserId: z.string().nullable(),
  startsAt: instant,
  endsAt: instant,
  reason: z.string().nullable(),
  createdAt: instant,
  createdBy: z.string().nullable(),
});
export type ScheduleOverrideView = z.output<typeof scheduleOverride>;

export const listScheduleOverrides = defineRoute({
  method: 'get',
  path: '/schedules/{id}/overrides',
  permission: 'schedules.read',
  tag,
  summary: 'List overrides of a schedule that have not ended, or that touch a span',
  params: idParams('sch'),
  query: pageQuery.extend({ from: instant.optional(), to: instant.optional() }),
  response: listOf(scheduleOverride),
});

export const createScheduleOverride = defineRoute({
  method: 'post',
  path: '/schedules/{id}/overrides',
  permission: 'schedules.cover',
  tag,
  summary: 'Add, remove or replace somebody for a span; members only for themselves',
  params: idParams('sch'),
  body: z.object({
    kind: z.enum(['add', 'remove', 'replace']),
    userId: id('usr'),
    replacedUserId: id('usr').nullable().optional(),
    startsAt: instant,
    endsAt: instant,
    reason: line(200).optional(),
  }),
  response: scheduleOverride,
  status: 201,
});

export const changeScheduleOverride = defineRoute({
  method: 'patch',
  path: '/schedule-overrides/{id}',
  permission: 'schedules.cover',
  tag,
  summary: 'Move an override, or change its reason; of one that has begun only the end moves, and not into the past',
  params: idParams('ovr'),
  body: z.object({
    startsAt: instant.optional(),
    endsAt: instant.optional(),
    reason: line(200).nullable().optional(),
  }),
  response: scheduleOverride,
});

export const deleteScheduleOverride = defineRoute({
  method: 'delete',
  path: '/schedule-overrides/{id}',
  permission: 'schedules.cover',
  tag,
  summary: 'Take an override back; one that has begun ends now',
  params: idParams('ovr'),
});
