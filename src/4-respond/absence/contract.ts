import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';

/** When somebody cannot be on call: on vacation, ill. */
export const absence = z.object({
  id: id('abs'),
  userId: id('usr'),
  startsAt: instant,
  endsAt: instant,
  reason: z.string().nullable(),
  createdAt: instant,
});
export type AbsenceView = z.output<typeof absence>;

/** A stretch of an absence in which the person would be on call. */
export const absenceEffect = z.object({
  scheduleId: id('sch'),
  scheduleName: z.string(),
  startsAt: instant,
  endsAt: instant,
  /** Who is on call instead; nobody = a gap. */
  insteadIds: z.array(id('usr')),
});
export type AbsenceEffectView = z.output<typeof absenceEffect>;

const effects = {
  /** In order of time, in the first 93 days; the first 200. */
  effects: z.array(absenceEffect),
};
const tag = 'Absences';

export const listAbsences = defineRoute({
  method: 'get',
  path: '/absences',
  permission: 'schedules.read',
  tag,
  summary: 'List absences that have not ended, of everybody or of one person',
  query: pageQuery.extend({ userId: id('usr').optional() }),
  response: listOf(absence),
});

export const readAbsenceEffects = defineRoute({
  method: 'get',
  path: '/absence-effects',
  permission: 'schedules.read',
  tag,
  summary: 'What an absence would mean: in which shifts the person would be missed, and who would be on call instead',
  query: z.object({ userId: id('usr').optional(), startsAt: instant.optional(), endsAt: instant.optional() }),
  response: z.object(effects),
});

export const createAbsence = defineRoute({
  method: 'post',
  path: '/absences',
  permission: 'schedules.cover',
  tag,
  summary: 'Say when somebody cannot be on call; members only for themselves',
  body: z.object({ userId: id('usr').optional(), startsAt: instant, endsAt: instant, reason: line(200).optional() }),
  response: absence.extend(effects),
  status: 201,
});

export const deleteAbsence = defineRoute({
  method: 'delete',
  path: '/absences/{id}',
  permission: 'schedules.cover',
  tag,
  summary: 'Take an absence back; one that has begun ends now',
  params: idParams('abs'),
});
