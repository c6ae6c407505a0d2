import Holidays, { type HolidaysTypes } from 'date-holidays';
import type { Holiday } from './holidays.ts';
import type { Named, RulesAnswer, RulesQuestion } from './rules-question.ts';

const LANGUAGE = 'en';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What the rules of countries say. Loads all of them, so it is asked in a process of its own. */
export function answerByRules(question: RulesQuestion): RulesAnswer {
  switch (question.what) {
    case 'countries':
      return { countries: named(new Holidays().getCountries(LANGUAGE)) };
    case 'regions':
      return { regions: regionsOf(question.country) };
    case 'days':
      if (!named(new Holidays().getCountries(LANGUAGE)).some(isCode(question.country))) return { unknown: 'country' };
      if (question.region !== null && !regionsOf(question.country).some(isCode(question.region)))
        return { unknown: 'region' };
      return { days: daysOf(question) };
  }
}

const isCode = (wanted: string) => (one: Named) => one.code === wanted;

function named(list: Readonly<Record<string, string>> | undefined): Named[] {
  return Object.entries(list ?? {})
    .map(([code, name]) => ({ code, name }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** States, each followed by what is in it: `BY` Bayern, `BY-A` Bayern, Stadt Augsburg. */
function regionsOf(country: string): Named[] {
  const rules = new Holidays();
  return named(rules.getStates(country, LANGUAGE)).flatMap((state) => [
    state,
    ...named(rules.getRegions(country, state.code, LANGUAGE)).map(({ code, name }) => ({
      code: `${state.code}-${code}`,
      name: `${state.name}, ${name}`,
    })),
  ]);
}

function daysOf({ country, region, bankHolidays, fromYear, untilYear }: RulesQuestion & { what: 'days' }): Holiday[] {
  const [state, part] = region?.split('-') ?? [];
  const place = { country, ...(state === undefined ? {} : { state }), ...(part === undefined ? {} : { region: part }) };
  // In UTC a holiday's span is the one that clocks there show, whatever they do that night.
  const rules = new Holidays(place, { timezone: 'UTC' });
  const days = new Map<string, Holiday>();
  for (let year = fromYear; year <= untilYear; year++) {
    for (const one of rules.getHolidays(year, LANGUAGE)) {
      if (one.type !== 'public' && !(bankHolidays && one.type === 'bank')) continue;
      for (const date of datesOf(one)) days.set(`${date} ${one.name}`, { date, name: one.name });
    }
  }
  return [...days.values()].toSorted((one, other) => one.date.localeCompare(other.date));
}

/** The dates whose working day, nine to five, a holiday covers: some begin at sunset, some are half a day, some last for several. */
function datesOf({ start, end }: HolidaysTypes.Holiday): string[] {
  const dates: string[] = [];
  for (let midnight = Math.floor(start.getTime() / DAY_MS) * DAY_MS; midnight < end.getTime(); midnight += DAY_MS)
    if (start.getTime() <= midnight + 9 * HOUR_MS && end.getTime() >= midnight + 17 * HOUR_MS)
      dates.push(new Date(midnight).toISOString().slice(0, 10));
  return dates;
}
