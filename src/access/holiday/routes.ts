import { bind, bindPrepared, type RouteBinding } from '#platform/stage.ts';
import { changeCalendar, createCalendar, deleteCalendar, rulesFor, rulesForChange } from './change-calendars.ts';
import * as contract from './contract.ts';
import { listCountries, listRegions } from './country-rules.ts';
import { previewDays } from './preview-holidays.ts';
import { listCalendars, readCalendar, readDays } from './read-holidays.ts';

export const holidayRoutes: readonly RouteBinding[] = [
  // A workspace has few, so they come as one page.
  bind(contract.listHolidayCalendars, async (ctx) => ({ items: await listCalendars(ctx), nextCursor: null })),
  bind(contract.readHolidayCalendar, (ctx, { params }) => readCalendar(ctx, params.id)),
  bind(contract.listHolidays, (ctx, { params, query }) => readDays(ctx, params.id, query)),
  bindPrepared(
    contract.createHolidayCalendar,
    (ctx, { body }) => rulesFor(body, ctx.now),
    (ctx, { body }, rules) => createCalendar(ctx, body, rules),
  ),
  bindPrepared(
    contract.changeHolidayCalendar,
    (ctx, { params, body }) => rulesForChange(ctx, params.id, body),
    (ctx, { params, body }, rules) => changeCalendar(ctx, params.id, body, rules),
  ),
  bind(contract.deleteHolidayCalendar, (ctx, { params }) => deleteCalendar(ctx, params.id)),
  bind(
    contract.previewHolidays,
    async (ctx, { body }) => {
      const { items, leftOutEntries } = await previewDays(ctx, body);
      return { items: [...items], leftOutEntries };
    },
    'bare',
  ),
  bind(contract.listHolidayCountries, async () => ({ items: [...(await listCountries())] })),
  bind(contract.listHolidayRegions, async (_ctx, { params }) => ({ items: [...(await listRegions(params.country))] })),
];
