import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { calendarDate, id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';
import { scheduleDocument } from './contract.ts';

/** Why nobody is on call. */
export const scheduleGap = z.object({
  /** No version or layer has begun; no layer's hours cover it; a turn is open on purpose; all are away, or removed. */
  reason: z.enum(['not-begun', 'restricted', 'unassigned', 'away', 'removed']),
  /** Who would be on call: those who are away, or were removed. */
  userIds: z.array(id('usr')),
});

/** A stretch in which the same people are on call for the same reason, or nobody is. */
export const finalShift = z.object({
  startsAt: instant,
  endsAt: instant,
  userIds: z.array(id('usr')),
  /** Shown beside them, never paged. */
  shadowIds: z.array(id('usr')),
  /** The version that holds; null before the first. */
  version: z.number().int().nullable(),
  /** The place of the layer that covers it, from 0; null when only an override does, or nothing. */
  layer: z.number().int().nullable(),
  overrideIds: z.array(id('ovr')),
  /** Said exactly when nobody is on call. */
  gap: scheduleGap.nullable(),
});
export type FinalShiftView = z.output<typeof finalShift>;

export const layerShifts = z.object({
  version: z.number().int(),
  /** Its place in that version, from 0. */
  layer: z.number().int(),
  name: z.string(),
  shadow: z.boolean(),
  /** What the layer plans, before overrides and absences; never overlapping. */
  shifts: z.array(
    z.object({ startsAt: instant, endsAt: instant, userIds: z.array(id('usr')), turn: z.number().int() }),
  ),
});

export const finalSchedule = z.object({
  timeZone: z.string(),
  from: instant,
  to: instant,
  /** In order; together they fill the span without a hole. Those at its ends are cut off there. */
  shifts: z.array(finalShift),
  /** The layers of each version that holds in the span. */
  layers: z.array(layerShifts),
  /** The stretches among the shifts in which nobody is on call. */
  gaps: z.array(scheduleGap.extend({ startsAt: instant, endsAt: instant })),
});
export type FinalScheduleView = z.output<typeof finalSchedule>;

/** A public holiday of people who take part in a schedule, by the calendars that they have. */
export const scheduleHoliday = z.object({
  date: calendarDate,
  name: z.string(),
  /** Whose it is. */
  userIds: z.array(id('usr')),
  /** Whether it is one for everybody who takes part. */
  everybody: z.boolean(),
});
export type ScheduleHolidayView = z.output<typeof scheduleHoliday>;

const tag = 'Schedules';
const span = {
  /** Now when left out. */
  from: instant.optional(),
  /** At most 93 days after `from`; two weeks after it when left out. */
  to: instant.optional(),
};

export const readFinalSchedule = defineRoute({
  method: 'get',
  path: '/schedules/{id}/final',
  permission: 'schedules.read',
  tag,
  summary: 'Who is on call through a span: final shifts, what each layer plans, and the gaps',
  params: idParams('sch'),
  query: z.object(span),
  response: finalSchedule,
});

export const previewSchedule = defineRoute({
  method: 'post',
  path: '/schedule-previews',
  permission: 'schedules.manage',
  tag,
  summary: 'What a plan would come to if it were saved; writes nothing',
  body: z.object({
    ...scheduleDocument,
    effectiveFrom: instant.optional(),
    /** The schedule it would change, whose earlier versions and overrides then count; none for a new one. */
    scheduleId: id('sch').optional(),
    ...span,
  }),
  response: finalSchedule,
});

/** Who is on call by one schedule, and who comes after. */
export const scheduleOnCall = z.object({
  scheduleId: id('sch'),
  name: z.string(),
  timeZone: z.string(),
  userIds: z.array(id('usr')),
  shadowIds: z.array(id('usr')),
  /** Until when nothing changes; null when that is not within 420 days. */
  until: instant.nullable(),
  /** What comes then: other people, or nobody and why. */
  following: z.object({ userIds: z.array(id('usr')), gap: scheduleGap.nullable() }).nullable(),
  /** Each of those on call, until when they are, however many shifts that is, and who is then; nobody = a gap. */
  people: z.array(z.object({ userId: id('usr'), until: instant.nullable(), thenIds: z.array(id('usr')) })),
  gap: scheduleGap.nullable(),
  /** The next others, and from when; null when nobody else comes within 420 days. */
  next: z.object({ userIds: z.array(id('usr')), at: instant }).nullable(),
});
export type ScheduleOnCallView = z.output<typeof scheduleOnCall>;

export const listOnCallNow = defineRoute({
  method: 'get',
  path: '/oncall/schedules',
  permission: 'schedules.read',
  tag,
  summary: 'Who is on call now, or at an instant, by every schedule, and who is next',
  query: z.object({ at: instant.optional() }),
  response: z.object({ at: instant, items: z.array(scheduleOnCall) }),
});

/** One schedule through a span, without its layers. */
export const scheduleShifts = z.object({
  scheduleId: id('sch'),
  name: z.string(),
  timeZone: z.string(),
  /** As in the final schedule: together they fill the span. */
  shifts: z.array(finalShift),
});
export type ScheduleShiftsView = z.output<typeof scheduleShifts>;

export const listFinalShifts = defineRoute({
  method: 'get',
  path: '/oncall/calendar',
  permission: 'schedules.read',
  tag,
  summary: 'Who is on call through a span of at most 31 days, by every schedule',
  query: pageQuery.extend({
    /** Now when left out. */
    from: instant.optional(),
    /** At most 31 days after `from`; a week after it when left out. */
    to: instant.optional(),
  }),
  response: listOf(scheduleShifts),
});

/** A stretch in which one person is on call, or looks on. */
export const personShift = z.object({
  scheduleId: id('sch'),
  scheduleName: z.string(),
  timeZone: z.string(),
  startsAt: instant,
  endsAt: instant,
  shadow: z.boolean(),
  /** On call together with them. */
  withUserIds: z.array(id('usr')),
});
export type PersonShiftView = z.output<typeof personShift>;

export const listPersonShifts = defineRoute({
  method: 'get',
  path: '/oncall/shifts',
  permission: 'schedules.read',
  tag,
  summary: 'When one person, the asking one if none is named, is on call by any schedule',
  query: z.object({ userId: id('usr').optional(), ...span }),
  response: z.object({ items: z.array(personShift) }),
});

export const listScheduleHolidays = defineRoute({
  method: 'get',
  path: '/schedules/{id}/holidays',
  permission: 'schedules.read',
  tag,
  summary: 'Public holidays of the people who take part, between two dates at most 93 days apart, both included',
  description: 'From today, and for 30 days, when they are left out.',
  params: idParams('sch'),
  query: z.object({ from: calendarDate.optional(), to: calendarDate.optional() }),
  response: z.object({ items: z.array(scheduleHoliday) }),
});
