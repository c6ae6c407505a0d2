import { setImmediate as letOthers } from 'node:timers/promises';
import { type BusinessHours, listTeams, localDate, type OpenHours, readHolidays, readWorkspace } from '#access';
import { DAY_MS } from '#kernel/duration.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import { clipIntervals, type Interval, mergeIntervals } from '#kernel/interval.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type People, readPeople } from '../reach/people.ts';
import { participantsOf } from '../schedule/on-call.ts';
import { readRosters } from '../schedule/read-roster.ts';
import { finalShifts } from '../schedule/shifts.ts';
import { findSchedulesSince } from '../schedule/store.ts';
import type { LoadReportView } from './contract.ts';
import { addDuty, type Duty, dutyDays, type DutyDay, NO_DUTY, totalOf } from './duty.ts';
import { interruptionsOf } from './interruptions.ts';
import { findRingings } from './store.ts';

const USUAL_DAYS = 30;
const LONGEST_DAYS = 93;

export type LoadQuery = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly scheduleId?: string | undefined;
  readonly teamId?: string | undefined;
};

/** What somebody did in a window. */
type Served = {
  readonly userId: string;
  readonly days: readonly DutyDay[];
  readonly rangAt: readonly Date[];
  /** Business hours by their own clock and holidays. */
  readonly hours: OpenHours;
};

/** The load of everybody who takes part, was on call or was paged. */
export async function readLoadReport(
  ctx: Ctx,
  { days: wantsDays = false, ...query }: LoadQuery & { readonly days?: boolean | undefined },
): Promise<LoadReportView> {
  const window = loadWindow(ctx, query);
  const { businessHours } = await readWorkspace(ctx);
  const people = await readPeople(ctx);
  const served = await readServed(ctx, query, window, people, businessHours);
  return {
    from: new Date(window.startMs).toISOString(),
    to: new Date(window.endMs).toISOString(),
    people: present(served, people),
    days: wantsDays ? served.flatMap((one) => presentDays(one, people)) : [],
  };
}

/** The span of a question, at most 93 days. */
function loadWindow(ctx: Ctx, { from, to }: LoadQuery): Interval {
  const endMs = to === undefined ? ctx.now.getTime() : Date.parse(to);
  const startMs = from === undefined ? endMs - USUAL_DAYS * DAY_MS : Date.parse(from);
  if (endMs <= startMs) throw invalid('query.to', 'must be after from');
  if (endMs - startMs > LONGEST_DAYS * DAY_MS)
    throw invalid('query.to', `is more than ${LONGEST_DAYS} days after from; ask for less at a time`);
  return { startMs, endMs };
}

async function readServed(
  ctx: Ctx,
  { scheduleId, teamId }: LoadQuery,
  window: Interval,
  people: People,
  businessHours: BusinessHours,
): Promise<Served[]> {
  const { onCall, participants } = await readOnCallTimes(ctx, window, scheduleId);
  const [from, to] = [new Date(window.startMs), new Date(window.endMs)];
  const rang = Map.groupBy(await findRingings(ctx, from, to, scheduleId), ({ userId }) => userId);
  const isMember = await teamFilter(ctx, teamId);
  const holidays = await readHolidays(ctx);
  const userIds = [...new Set([...participants, ...onCall.keys(), ...rang.keys()])].filter(
    (userId) => people.members.has(userId) && isMember(userId),
  );
  return userIds
    .map((userId) => {
      const hours = { businessHours, timeZone: zoneOf(people, userId), holidays: holidays.of(userId) };
      return {
        userId,
        hours,
        days: dutyDays(onCall.get(userId) ?? [], { ...hours, workingDays: businessHours.days }),
        rangAt: (rang.get(userId) ?? []).map(({ at }) => at),
      };
    })
    .toSorted((one, other) => people.nameOf(one.userId).localeCompare(people.nameOf(other.userId)));
}

/** When each person was on call by any schedule, each moment once, and who takes part now. Shadows are not on call. */
async function readOnCallTimes(ctx: Ctx, window: Interval, scheduleId: string | undefined) {
  const [from, to] = [new Date(window.startMs), new Date(window.endMs)];
  const all = await findSchedulesSince(ctx, from);
  const schedules = scheduleId === undefined ? all : all.filter(({ id }) => id === scheduleId);
  if (scheduleId !== undefined && schedules.length === 0) throw notFound('on-call schedule', scheduleId);
  const ids = schedules.map(({ id }) => id);
  const rosters = await readRosters(ctx, ids, from, to, { removedToo: true });
  const times = new Map<string, Interval[]>();
  const participants = new Set<string>();
  for (const { id, removedAt } of schedules) {
    const roster = rosters.get(id);
    if (!roster) continue;
    const used = { startMs: window.startMs, endMs: Math.min(window.endMs, removedAt?.getTime() ?? Infinity) };
    for (const { userIds, startMs, endMs } of finalShifts(roster, used))
      for (const userId of userIds) {
        const own = times.get(userId) ?? [];
        own.push({ startMs, endMs });
        times.set(userId, own);
      }
    await letOthers();
    if (removedAt === null) for (const userId of participantsOf(roster, window.startMs)) participants.add(userId);
  }
  const onCall = new Map([...times].map(([userId, spans]) => [userId, clipIntervals(mergeIntervals(spans), window)]));
  return { onCall, participants: [...participants] };
}

async function teamFilter(ctx: Ctx, teamId: string | undefined): Promise<(userId: string) => boolean> {
  if (teamId === undefined) return () => true;
  const [team] = await listTeams(ctx, [teamId]);
  if (!team) throw notFound('team', teamId);
  return (userId) => team.userIds.includes(userId);
}

function present(served: readonly Served[], people: People): LoadReportView['people'] {
  const counted = served.map(({ userId, days, rangAt, hours }) => ({
    userId,
    duty: days.reduce(addDuty, NO_DUTY),
    holidayMs: days.reduce((sum, day) => sum + (day.holiday === null ? 0 : totalOf(day)), 0),
    rang: interruptionsOf(rangAt, hours),
  }));
  const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const averageMs = average(counted.map(({ duty }) => totalOf(duty)));
  const averageInterruptions = average(counted.map(({ rang }) => rang.outsideHours));
  const share = (value: number, of: number) => (of > 0 ? Math.round((value / of) * 100) / 100 : null);
  return counted.map(({ userId, duty, holidayMs, rang }) => ({
    userId,
    userName: people.nameOf(userId),
    timeZone: zoneOf(people, userId),
    ...inSeconds(duty),
    holidaySeconds: holidayMs / 1_000,
    totalSeconds: totalOf(duty) / 1_000,
    pages: rang.pages,
    interruptions: rang.outsideHours,
    interruptedNights: rang.nights,
    timeShare: share(totalOf(duty), averageMs),
    interruptionShare: share(rang.outsideHours, averageInterruptions),
  }));
}

/** Days on call, and days on which a page came without. */
function presentDays({ userId, days, rangAt, hours }: Served, people: People): LoadReportView['days'] {
  const { timeZone, holidays } = hours;
  const duty = new Map(days.map((day) => [day.date, day]));
  const rang = Map.groupBy(rangAt, (at) => localDate(at, timeZone));
  return [...new Set([...duty.keys(), ...rang.keys()])].toSorted().map((date) => {
    const { pages, outsideHours: interruptions } = interruptionsOf(rang.get(date) ?? [], hours);
    const served = duty.get(date) ?? NO_DUTY;
    const holiday = holidays.get(date) ?? null;
    const holidaySeconds = holiday === null ? 0 : totalOf(served) / 1_000;
    const person = { userId, userName: people.nameOf(userId) };
    return { date, holiday, ...person, ...inSeconds(served), holidaySeconds, pages, interruptions };
  });
}

function inSeconds({ dayMs, nightMs, freeDayMs, freeNightMs }: Duty) {
  return {
    daySeconds: dayMs / 1_000,
    nightSeconds: nightMs / 1_000,
    freeDaySeconds: freeDayMs / 1_000,
    freeNightSeconds: freeNightMs / 1_000,
  };
}

function zoneOf(people: People, userId: string): string {
  return people.members.get(userId)?.timeZone ?? 'UTC';
}
