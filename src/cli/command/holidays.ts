import { readFile } from 'node:fs/promises';
import {
  changeHolidayCalendar,
  createHolidayCalendar,
  deleteHolidayCalendar,
  type HolidayCalendarView,
  type HolidayView,
  listHolidayCalendars,
  listHolidayCountries,
  listHolidays,
  previewHolidays,
} from '#access/contract';
import type { Api } from '../api.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count } from '../text.ts';

export type HolidayOptions = {
  readonly from?: string;
  readonly to?: string;
  readonly country?: string;
  readonly region?: string;
  readonly default?: boolean;
  readonly day: readonly string[];
  readonly file?: string;
  readonly remove?: boolean;
  readonly countries?: boolean;
};

/** Lists calendars of holidays, or the days of one; makes, changes or removes one. */
export async function holidays(api: Api, io: Io, name: string | undefined, options: HolidayOptions): Promise<Outcome> {
  if (options.countries === true) {
    const { items } = await api.call(listHolidayCountries, {});
    return { text: columns(items.map((one) => [one.code, one.name])), data: { items } };
  }
  const { items } = await api.call(listHolidayCalendars, { query: { limit: 200 } });
  if (name === undefined) {
    if (changes(options)) throw new CommandError('Say which calendar: allclear holidays NAME …', EXIT.usage);
    const text = items.length === 0 ? 'There is no holiday calendar.' : columns(items.map(row));
    return { text, data: { items } };
  }
  const found = items.find((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase());
  if (options.remove === true) {
    const { id } = known(found, name, items);
    await api.call(deleteHolidayCalendar, { params: { id } });
    return { text: `${name} is removed; its days are working days again.`, data: { id } };
  }
  if (changes(options)) return write(api, name, found, options);
  const { id } = known(found, name, items);
  const days = await api.call(listHolidays, {
    params: { id },
    query: { from: options.from ?? io.now().toISOString().slice(0, 10), ...(options.to ? { to: options.to } : {}) },
  });
  return { text: columns(days.items.map((day) => [day.date, day.name])), data: days };
}

function changes({ country, region, day, file, ...rest }: HolidayOptions): boolean {
  return country !== undefined || region !== undefined || day.length > 0 || file !== undefined || rest.default === true;
}

async function write(
  api: Api,
  name: string,
  before: HolidayCalendarView | undefined,
  options: HolidayOptions,
): Promise<Outcome> {
  const typed = options.day.map(dayOf);
  const read = options.file === undefined ? [] : await daysInFile(api, options.file);
  const country = options.country?.toUpperCase() ?? before?.country ?? null;
  const isSameCountry = country === (before?.country ?? null);
  const body = {
    name: before?.name ?? name,
    country,
    region: options.region ?? (isSameCountry ? (before?.region ?? null) : null),
    bankHolidays: before?.bankHolidays ?? false,
    leftOut: before?.leftOut ?? [],
    ownDays: [...(before?.ownDays ?? []), ...read, ...typed],
    isDefault: options.default === true || (before?.isDefault ?? false),
    teamIds: before?.teamIds ?? [],
    userIds: before?.userIds ?? [],
  };
  const made =
    before === undefined
      ? await api.call(createHolidayCalendar, { body })
      : await api.call(changeHolidayCalendar, {
          params: { id: before.id },
          body: { ...body, version: before.version },
        });
  const next = made.coming[0];
  const says = next === undefined ? 'No day of it is to come.' : `Next: ${next.date} ${next.name}.`;
  return { text: `${made.name} is saved. ${says}`, data: made };
}

async function daysInFile(api: Api, path: string): Promise<HolidayView[]> {
  let ics: string;
  try {
    ics = await readFile(path, 'utf8');
  } catch {
    throw new CommandError(`${path} cannot be read.`);
  }
  const { items } = await api.call(previewHolidays, { body: { ics } });
  return items;
}

function dayOf(text: string): HolidayView {
  const [, date, name] = /^(\d{4}-\d\d-\d\d)[\s,;:=]+(.+)$/.exec(text.trim()) ?? [];
  if (date === undefined || name === undefined)
    throw new CommandError(`${text} is no day; write it as "2026-12-24 Christmas Eve".`, EXIT.usage);
  return { date, name };
}

function known(
  found: HolidayCalendarView | undefined,
  name: string,
  items: readonly HolidayCalendarView[],
): HolidayCalendarView {
  if (found) return found;
  const others = items.length > 0 ? ` There are: ${items.map((one) => one.name).join(', ')}.` : '';
  throw new CommandError(`There is no holiday calendar ${name}.${others}`);
}

function row({ name, country, region, isDefault, teamIds, userIds, coming }: HolidayCalendarView): string[] {
  const whose = [
    isDefault ? 'everybody' : '',
    teamIds.length > 0 ? count(teamIds.length, 'team') : '',
    userIds.length > 0 ? (userIds.length === 1 ? '1 person' : `${userIds.length} people`) : '',
  ].filter((part) => part !== '');
  const [next] = coming;
  return [
    name,
    [country ?? 'own days', region ?? ''].join(' ').trim(),
    whose.join(', ') || 'nobody',
    next === undefined ? '' : `next ${next.date} ${next.name}`,
  ];
}
