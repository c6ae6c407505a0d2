import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { calendarDate, id, instant, queryFlag } from '#kernel/schema.ts';

/** Seconds on call; every moment is of exactly one of the first four kinds, by the person's own clock. Nights are from 22 to 7. */
const duty = {
  daySeconds: z.number(),
  nightSeconds: z.number(),
  /** On days that are not working days in the workspace's business hours, and on public holidays. */
  freeDaySeconds: z.number(),
  freeNightSeconds: z.number(),
  /** Of these, on public holidays of the person; a holiday is a free day on any weekday. */
  holidaySeconds: z.number(),
};

/** What on-call asked of one person. How fast they answered is nobody's measure and stands nowhere. */
export const personLoad = z.object({
  userId: id('usr'),
  userName: z.string(),
  timeZone: z.string(),
  ...duty,
  totalSeconds: z.number(),
  /** Pages that reached them, each once; no drills. */
  pages: z.number().int(),
  /** Of these outside business hours by their clock; what follows within ten minutes counts once. */
  interruptions: z.number().int(),
  /** Nights in which a page came. */
  interruptedNights: z.number().int(),
  /** Times the average of those shown: 1.6; null where the average is nothing. */
  timeShare: z.number().nullable(),
  interruptionShare: z.number().nullable(),
});
export type PersonLoadView = z.output<typeof personLoad>;

/** One day of one person, for pay. */
export const loadDay = z.object({
  date: calendarDate,
  /** The public holiday that it is for them. */
  holiday: z.string().nullable(),
  userId: id('usr'),
  userName: z.string(),
  ...duty,
  pages: z.number().int(),
  interruptions: z.number().int(),
});
export type LoadDayView = z.output<typeof loadDay>;

export const loadReport = z.object({
  from: instant,
  to: instant,
  /** Whoever takes part, was on call, or was paged; by name. */
  people: z.array(personLoad),
  /** Empty unless asked for. */
  days: z.array(loadDay),
});
export type LoadReportView = z.output<typeof loadReport>;

const of = {
  /** Default: 30 days before `to`. At most 93 days in all. */
  from: instant.optional(),
  /** Default: now. */
  to: instant.optional(),
  /** Time on call by this schedule only, and pages of policies that ask it. */
  scheduleId: id('sch').optional(),
  /** Members of this team only. */
  teamId: id('team').optional(),
};

/** A shift that is to come and could go to somebody else, so that the load evens out. */
export const swapSuggestion = z.object({
  scheduleId: id('sch'),
  scheduleName: z.string(),
  fromUserId: id('usr'),
  fromUserName: z.string(),
  toUserId: id('usr'),
  toUserName: z.string(),
  startsAt: instant,
  endsAt: instant,
  /**
   * By how much less the two differ then, as time on call: an interruption outside business hours counts as two hours, a
   * broken night as six more.
   */
  evensOutSeconds: z.number(),
  /** What each of them has carried: "Ann carried 210 h with 5 interruptions and 3 broken nights, Bob 80 h …". */
  reason: z.string(),
});
export type SwapSuggestionView = z.output<typeof swapSuggestion>;

const tag = 'On-call load';

export const readLoad = defineRoute({
  method: 'get',
  path: '/oncall/load',
  permission: 'schedules.read',
  tag,
  summary: 'What on-call asked of each person: hours, nights, free days, pages, interruptions and broken sleep',
  description:
    'Hours are those of the schedules, with their versions, overrides and absences, each hour once for a person, and without shadows. People whom a policy names are not on call by a schedule and have none.',
  query: z.object({ ...of, days: queryFlag.optional() }),
  response: loadReport,
});

export const suggestSwapsRoute = defineRoute({
  method: 'get',
  path: '/oncall/load/swaps',
  permission: 'schedules.read',
  tag,
  summary: 'Which shifts of the next four weeks could go to whom, so that the load evens out; at most three',
  query: z.object(of),
  response: z.object({ items: z.array(swapSuggestion) }),
});
