import { fork } from 'node:child_process';
import { invalid } from '#kernel/errors.ts';
import type { Holiday } from './holidays.ts';
import type { Named, RulesAnswer, RulesQuestion } from './rules-question.ts';

/** Which rules days were worked out by; with other rules they are worked out again, as far as they are to come. */
export const RULES_VERSION = 'date-holidays 3.37.0';

const ENTRY = new URL('./rules-process.ts', import.meta.url);
const MOST_MS = 30_000;

/** One process at a time: each holds the rules of the whole world. */
let turn: Promise<unknown> = Promise.resolve();

function ask(question: RulesQuestion): Promise<RulesAnswer> {
  const mine = turn.then(() => askProcess(question));
  turn = mine.catch(() => undefined);
  return mine;
}

function askProcess(question: RulesQuestion): Promise<RulesAnswer> {
  return new Promise((resolve, reject) => {
    // It needs nothing of what the environment holds.
    const child = fork(ENTRY, { serialization: 'advanced', env: {}, execArgv: [], timeout: MOST_MS });
    child.once('message', (answer: RulesAnswer) => resolve(answer));
    child.once('error', reject);
    child.once('exit', () => reject(new Error('the rules of countries could not be asked')));
    child.send(question);
  });
}

/** The same for as long as the server runs, so each is asked for once: a process for everybody who looks would be many. */
const countries = askOnce(async () => (await ask({ what: 'countries' })).countries ?? []);
const regions = new Map<string, () => Promise<readonly Named[]>>();

/** Countries whose holidays are known, by name. */
export function listCountries(): Promise<readonly Named[]> {
  return countries();
}

/** Parts of a country that have holidays of their own; none for a country that is not known. */
export async function listRegions(country: string): Promise<readonly Named[]> {
  if (!(await listCountries()).some(({ code }) => code === country)) return [];
  const found = regions.get(country) ?? askOnce(async () => (await ask({ what: 'regions', country })).regions ?? []);
  regions.set(country, found);
  return await found();
}

/** Remembers the answer, not a failure. */
function askOnce(read: () => Promise<readonly Named[]>): () => Promise<readonly Named[]> {
  let answer: Promise<readonly Named[]> | undefined;
  return () => {
    answer ??= read();
    answer.catch(() => (answer = undefined));
    return answer;
  };
}

export type Place = { readonly country: string; readonly region: string | null; readonly bankHolidays: boolean };

/** The holidays of a place in some years; refuses a country or region that is not known, by its field. */
export async function daysOfPlace(place: Place, fromYear: number, untilYear: number): Promise<readonly Holiday[]> {
  const { country, region } = place;
  const { days = [], unknown } = await ask({ what: 'days', ...place, fromYear, untilYear });
  if (unknown === 'country')
    throw invalid('body.country', `${country} is no country whose holidays are known; type its days in instead`);
  if (unknown === 'region')
    throw invalid('body.region', `${region} is no region of ${country} that has holidays of its own`);
  return days;
}
