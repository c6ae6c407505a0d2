import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { listTeams } from '../team/change-teams.ts';
import { readWorkspace } from '../workspace/read-workspace.ts';
import type { HolidayCalendarView, HolidayView } from './contract.ts';
import { calendarFor, daysOf, type Holidays, holidaysOf, localDate, NO_HOLIDAYS } from './holidays.ts';
import { findCalendar, findCalendars, type HolidayCalendar } from './store.ts';

const COMING = 8;

/** Everybody's holidays, read at once. */
export type HolidayBook = {
  /** Of the workspace, and of its business hours. */
  readonly everybody: Holidays;
  /** Of one person: their own calendar, else their team's, else everybody's. */
  readonly of: (userId: string) => Holidays;
};

/** Reads everybody's holidays; a workspace without calendars costs one query. */
export async function readHolidays(ctx: Ctx): Promise<HolidayBook> {
  const calendars = await findCalendars(ctx);
  if (calendars.length === 0) return { everybody: NO_HOLIDAYS, of: () => NO_HOLIDAYS };
  const days = new Map(calendars.map((calendar) => [calendar.id, holidaysOf(calendar)]));
  const teams = calendars.some(({ teamIds }) => teamIds.length > 0) ? await listTeams(ctx) : [];
  const daysIn = (calendar: HolidayCalendar | undefined) => (calendar && days.get(calendar.id)) ?? NO_HOLIDAYS;
  return {
    everybody: daysIn(calendars.find(({ isDefault }) => isDefault)),
    of: (userId) => daysIn(calendarFor(userId, calendars, teams)),
  };
}

export async function listCalendars(ctx: Ctx): Promise<HolidayCalendarView[]> {
  const today = await dateOfToday(ctx);
  return (await findCalendars(ctx)).map((calendar) => presentCalendar(calendar, today));
}

export async function readCalendar(ctx: Ctx, id: string): Promise<HolidayCalendarView> {
  return presentCalendar(await ownCalendar(ctx, id), await dateOfToday(ctx));
}

/** The days of one calendar between two dates, both included. */
export async function readDays(
  ctx: Ctx,
  id: string,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<{ items: HolidayView[] }> {
  const days = daysOf(await ownCalendar(ctx, id));
  const first = from ?? `${(await dateOfToday(ctx)).slice(0, 4)}-01-01`;
  return { items: days.filter(({ date }) => date >= first && (to === undefined || date <= to)) };
}

export async function ownCalendar(ctx: Ctx, id: string): Promise<HolidayCalendar> {
  const calendar = await findCalendar(ctx, id);
  if (!calendar) throw notFound('holiday calendar', id);
  return calendar;
}

/** Today by the workspace's clock. */
export async function dateOfToday(ctx: Ctx): Promise<string> {
  return localDate(ctx.now, (await readWorkspace(ctx)).timeZone);
}

function presentCalendar(calendar: HolidayCalendar, today: string): HolidayCalendarView {
  const { id, name, version, country, region, bankHolidays, leftOut, ownDays, isDefault, teamIds, userIds } = calendar;
  return {
    id,
    name,
    version,
    country,
    region,
    bankHolidays,
    leftOut,
    ownDays,
    isDefault,
    teamIds,
    userIds,
    coming: daysOf(calendar)
      .filter(({ date }) => date >= today)
      .slice(0, COMING),
    changedAt: calendar.changedAt.toISOString(),
  };
}
