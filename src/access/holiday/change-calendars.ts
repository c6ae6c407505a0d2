import { AppError, conflict, invalid, notFound } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import type { Ctx } from '#platform/ctx.ts';
import { audit } from '../audit/audit.ts';
import { holidaysChanged } from '../events.ts';
import { listTeams } from '../team/change-teams.ts';
import { listMembers } from '../user/read-users.ts';
import {
  type changeHolidayCalendar,
  type createHolidayCalendar,
  HOLIDAY_LIMITS,
  type HolidayCalendarView,
} from './contract.ts';
import { daysOfPlace, RULES_VERSION } from './country-rules.ts';
import type { Holiday } from './holidays.ts';
import { dateOfToday, ownCalendar, readCalendar } from './read-holidays.ts';
import {
  advanceCalendar,
  deleteCalendarRow,
  findCalendar,
  findCalendars,
  type HolidayCalendar,
  insertCalendar,
  lockCalendars,
} from './store.ts';

type Wanted = RouteInput<typeof createHolidayCalendar>['body'];

/** How many years ahead of this one the days of a country are worked out. */
export const YEARS_AHEAD = 3;

/** Adds a calendar with the days of its place. Refuses a name that is taken, and a team or person that is not there. */
export async function createCalendar(ctx: Ctx, wanted: Wanted, rules: RuleDays): Promise<HolidayCalendarView> {
  await lockCalendars(ctx);
  const others = await findCalendars(ctx);
  if (others.length >= HOLIDAY_LIMITS.calendars)
    throw new AppError(
      'limit',
      `A workspace has at most ${HOLIDAY_LIMITS.calendars} holiday calendars. Remove one first.`,
    );
  await checkWanted(ctx, wanted, others);
  await takeFrom(ctx, others, wanted);
  const id = ctx.newId('hol');
  await insertCalendar(ctx, {
    workspaceId: ctx.workspaceId,
    id,
    version: 1,
    ...rowOf(wanted),
    ...rules,
    ruleDays: JSON.stringify(rules.ruleDays),
    changedAt: ctx.now,
  });
  return settle(ctx, id, 'holiday-calendar.create', wanted);
}

/** Writes the next version of a calendar, with the days of its place if that is another; the loser of a race gets `conflict`. */
export async function changeCalendar(
  ctx: Ctx,
  id: string,
  { version, ...wanted }: RouteInput<typeof changeHolidayCalendar>['body'],
  rules: RuleDays | null,
): Promise<HolidayCalendarView> {
  await lockCalendars(ctx);
  const before = await ownCalendar(ctx, id);
  const others = (await findCalendars(ctx)).filter((one) => one.id !== id);
  await checkWanted(ctx, wanted, others);
  await takeFrom(ctx, others, wanted);
  // Its place may have become another since the days were asked for; then its version has, too.
  const isKnown = rules !== null || isSamePlace(before, wanted);
  const done =
    isKnown &&
    (await advanceCalendar(ctx, id, version, {
      ...rowOf(wanted),
      ...(rules && { ...rules, ruleDays: JSON.stringify(rules.ruleDays) }),
      changedAt: ctx.now,
    }));
  if (!done) throw conflict(`Somebody else changed “${before.name}” meanwhile. Load it again, then make your change.`);
  return settle(ctx, id, 'holiday-calendar.change', wanted);
}

/** Removes a calendar; its days are working days again. */
export async function deleteCalendar(ctx: Ctx, id: string): Promise<void> {
  await lockCalendars(ctx);
  if (!(await deleteCalendarRow(ctx, id))) throw notFound('holiday calendar', id);
  await audit(ctx, { action: 'holiday-calendar.delete', subjectId: id });
  await told(ctx);
}

/** Puts days that were worked out again into a calendar, from today on; what is over stays as it was. */
export async function renewCalendar(ctx: Ctx, id: string, place: Place, rules: RuleDays): Promise<void> {
  await lockCalendars(ctx);
  const calendar = await findCalendar(ctx, id);
  // If it is of another place by now, its days are as new as these.
  if (!calendar || !isSamePlace(calendar, place)) return;
  const today = await dateOfToday(ctx);
  const { ruleDays, ...rest } = rules;
  const days = [
    ...calendar.ruleDays.filter(({ date }) => date < today),
    ...ruleDays.filter(({ date }) => date >= today),
  ];
  await advanceCalendar(ctx, id, calendar.version, { ...rest, ruleDays: JSON.stringify(days) });
  await told(ctx);
}

async function settle(ctx: Ctx, id: string, action: string, detail: Wanted): Promise<HolidayCalendarView> {
  await audit(ctx, { action, subjectId: id, detail });
  await told(ctx);
  return readCalendar(ctx, id);
}

async function told(ctx: Ctx): Promise<void> {
  await ctx.publish(holidaysChanged, {});
  ctx.touch('settings');
  ctx.touch('schedules');
}

function rowOf({ name, country, region, bankHolidays, leftOut, ownDays, isDefault, teamIds, userIds }: Wanted) {
  const days = new Map(ownDays.map((day) => [day.date, day]));
  return {
    name,
    country,
    region,
    bankHolidays,
    leftOut: [...new Set(leftOut)],
    ownDays: JSON.stringify([...days.values()].toSorted((one, other) => one.date.localeCompare(other.date))),
    isDefault,
    teamIds: [...new Set(teamIds)],
    userIds: [...new Set(userIds)],
  };
}

type Place = Pick<Wanted, 'country' | 'region' | 'bankHolidays'>;

const isSamePlace = (one: Place, other: Place) =>
  one.country === other.country && one.region === other.region && one.bankHolidays === other.bankHolidays;

/** The holidays of a place, until which year they are worked out, and by which rules. */
export type RuleDays = {
  readonly ruleDays: readonly Holiday[];
  readonly rulesUntil: number | null;
  readonly rulesVersion: string | null;
};

/**
 * The days of a place from last year on, since reports look back; refuses a place that is not known. Another process is
 * asked, which takes a while: never with a transaction open.
 */
export async function rulesFor({ country, region, bankHolidays }: Place, now: Date): Promise<RuleDays> {
  if (country === null) return { ruleDays: [], rulesUntil: null, rulesVersion: null };
  const year = now.getUTCFullYear();
  return {
    ruleDays: await daysOfPlace({ country, region, bankHolidays }, year - 1, year + YEARS_AHEAD),
    rulesUntil: year + YEARS_AHEAD,
    rulesVersion: RULES_VERSION,
  };
}

/** The same for a change of a calendar; null when that leaves its place as it is. */
export async function rulesForChange(ctx: Ctx, id: string, wanted: Place): Promise<RuleDays | null> {
  return isSamePlace(await ownCalendar(ctx, id), wanted) ? null : rulesFor(wanted, ctx.now);
}

async function checkWanted(ctx: Ctx, wanted: Wanted, others: readonly HolidayCalendar[]): Promise<void> {
  if (others.some(({ name }) => name.toLowerCase() === wanted.name.toLowerCase()))
    throw conflict(`There is a holiday calendar with the name ${wanted.name} already.`);
  if (wanted.country === null && wanted.region !== null) throw invalid('body.region', 'is of a country; say which');
  if (wanted.country === null && wanted.ownDays.length === 0)
    throw invalid('body.ownDays', 'are empty: pick a country, or type days in');
  const teams = new Set((await listTeams(ctx, wanted.teamIds)).map(({ id }) => id));
  for (const [index, id] of wanted.teamIds.entries())
    if (!teams.has(id)) throw invalid(`body.teamIds.${index}`, `${id} is no team of this workspace`);
  const people = new Set((await listMembers(ctx)).map(({ id }) => id));
  for (const [index, id] of wanted.userIds.entries())
    if (!people.has(id)) throw invalid(`body.userIds.${index}`, `${id} is not a member of this workspace`);
}

/** Everybody has one calendar: whom this one is for is taken from the others. */
async function takeFrom(ctx: Ctx, others: readonly HolidayCalendar[], wanted: Wanted): Promise<void> {
  for (const other of others) {
    const teamIds = other.teamIds.filter((id) => !wanted.teamIds.includes(id));
    const userIds = other.userIds.filter((id) => !wanted.userIds.includes(id));
    const isDefault = other.isDefault && !wanted.isDefault;
    const isSame =
      isDefault === other.isDefault &&
      teamIds.length === other.teamIds.length &&
      userIds.length === other.userIds.length;
    if (!isSame)
      await advanceCalendar(ctx, other.id, other.version, { teamIds, userIds, isDefault, changedAt: ctx.now });
  }
}
