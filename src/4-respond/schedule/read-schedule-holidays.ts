import { type Holidays, readHolidays } from '#access';
import { DAY_MS } from '#kernel/duration.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { participantsOf } from './on-call.ts';
import { readRosters } from './read-roster.ts';
import type { ScheduleHolidayView } from './shift-contract.ts';

const LONGEST_DAYS = 93;
const USUAL_DAYS = 30;

/** The public holidays of those who take part in a schedule; of the workspace when nobody does. */
export async function readScheduleHolidays(
  ctx: Ctx,
  id: string,
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<{ items: ScheduleHolidayView[] }> {
  const from = asked.from ?? ctx.now.toISOString().slice(0, 10);
  const to = asked.to ?? new Date(Date.parse(from) + USUAL_DAYS * DAY_MS).toISOString().slice(0, 10);
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (days < 0) throw invalid('query.to', 'must not be before from');
  if (days >= LONGEST_DAYS) throw invalid('query.to', `is more than ${LONGEST_DAYS} days after from`);
  const start = new Date(Date.parse(from) - DAY_MS);
  const roster = (await readRosters(ctx, [id], start, new Date(Date.parse(to) + 2 * DAY_MS))).get(id);
  if (!roster) throw notFound('schedule', id);
  const book = await readHolidays(ctx);
  const people = participantsOf(roster, start.getTime());
  const calendars = people.length === 0 ? [book.everybody] : people.map((userId) => book.of(userId));
  return { items: holidaysOfPeople(people, calendars, from, to) };
}

/** Each date and name once, with those whose it is; in order. */
function holidaysOfPeople(
  people: readonly string[],
  calendars: readonly Holidays[],
  from: string,
  to: string,
): ScheduleHolidayView[] {
  const found = new Map<string, ScheduleHolidayView>();
  for (const [index, calendar] of calendars.entries()) {
    for (const [date, name] of calendar) {
      if (date < from || date > to) continue;
      const key = `${date} ${name}`;
      const userIds = [...(found.get(key)?.userIds ?? []), ...people.slice(index, index + 1)];
      found.set(key, { date, name, userIds, everybody: userIds.length === people.length });
    }
  }
  return [...found.values()].toSorted(
    (one, other) => one.date.localeCompare(other.date) || one.name.localeCompare(other.name),
  );
}
