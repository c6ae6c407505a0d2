import { listIncidentPages, listPages, type PageState, type PageView, readPageRoute } from '#respond/contract';
import type { Api } from '../api.ts';
import { everyOne } from '../book.ts';
import { CommandError } from '../io.ts';
import { columns } from '../text.ts';
import { findIncident } from './find.ts';

const LIVE: readonly PageState[] = ['open', 'held', 'acknowledged'];
const WHOLE_ID = /^pag_[0-9a-z]{20,}$/;
const FEWEST_LETTERS = 4;

/**
 * The page that a person means: by id, by the last characters of it, by its incident (`INC-1`) or its alert; without a name
 * the only one in `states`. What is over is found as well, but a page that is not wins.
 */
export async function findPage(
  api: Api,
  name: string | undefined,
  states: readonly PageState[] = ['open', 'held'],
): Promise<PageView> {
  if (name !== undefined && WHOLE_ID.test(name)) return api.call(readPageRoute, { params: { id: name } });
  const found = name === undefined ? await pagesIn(api, states) : await candidates(api, name);
  const live = found.filter(({ state }) => LIVE.includes(state));
  const [only, ...others] = live.length > 0 ? live : found;
  if (!only)
    throw new CommandError(
      name === undefined ? 'No page waits for anybody.' : `There is no page ${name}. See: allclear page list --all.`,
    );
  if (others.length > 0)
    throw new CommandError(
      [
        'Several pages are meant. Say which by its id:',
        columns(
          [only, ...others].map(({ id, title }) => [id, title]),
          '  ',
        ),
      ].join('\n'),
    );
  return only;
}

/** The page to acknowledge: of an incident any that waits, since whoever answers one of them answers all. */
export async function findPageToAnswer(api: Api, name: string | undefined): Promise<PageView> {
  if (name === undefined || !isReference(name)) return findPage(api, name);
  const waiting = (await pagesOfIncident(api, name)).filter(({ state }) => state === 'open' || state === 'held');
  return waiting.find(({ cause }) => cause === 'incident') ?? waiting[0] ?? findPage(api, name);
}

/** Pages in any of some states, the newest first. */
export async function pagesIn(api: Api, states: readonly PageState[]): Promise<PageView[]> {
  const lists = await Promise.all(
    states.map((state) => everyOne((page) => api.call(listPages, { query: { ...page, state } }))),
  );
  return lists.flat().toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** The pages of an incident and of its alerts. */
export async function pagesOfIncident(api: Api, reference: string): Promise<PageView[]> {
  const { id } = await findIncident(api, reference);
  return everyOne((page) => api.call(listIncidentPages, { params: { id }, query: page }));
}

function isReference(name: string): boolean {
  return /^(inc[-_].+|\d+)$/i.test(name);
}

async function candidates(api: Api, name: string): Promise<PageView[]> {
  if (isReference(name)) return pagesOfIncident(api, name);
  if (name.startsWith('alt_')) return everyOne((page) => api.call(listPages, { query: { ...page, alertId: name } }));
  const end = name.toLowerCase().replace(/^pag_/, '');
  if (end.length < FEWEST_LETTERS) return [];
  const live = (await pagesIn(api, LIVE)).filter(({ id }) => id.endsWith(end));
  if (live.length > 0) return live;
  const { items } = await api.call(listPages, { query: { limit: 200 } });
  return items.filter(({ id }) => id.endsWith(end));
}
