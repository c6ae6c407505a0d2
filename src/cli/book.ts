import { listTeams, listUsers } from '#access/contract';
import { listAlertSources } from '#detect/contract';
import { listServices } from '#monitor/contract';
import { listEscalationPolicies, listPageChannels, listSchedules } from '#respond/contract';
import { ApiProblem } from '#client';
import type { Api } from './api.ts';
import { CommandError } from './io.ts';
import { nearest } from './text.ts';

/** What a person names on the command line, and in files. */
type Noun = 'person' | 'team' | 'schedule' | 'service' | 'source' | 'policy' | 'channel';

type Entry = { readonly noun: Noun; readonly id: string; readonly title: string; readonly names: readonly string[] };

/** Names and ids of some of the things that a workspace has. */
export type Book = {
  /** The id behind a name, an address, a slug or an id; a sentence when there is none, or several. */
  readonly idOf: (noun: Noun, name: string) => string;
  /** The same for either of two nouns, the first before the second. */
  readonly find: (nouns: readonly Noun[], name: string) => { readonly noun: Noun; readonly id: string };
  /** What people call it; the id of what is not there any more. */
  readonly titleOf: (id: string) => string;
  /** What names it and nothing else, for a file that is read again. */
  readonly writtenOf: (id: string) => string;
};

const WORDS: Record<Noun, string> = {
  person: 'person',
  team: 'team',
  schedule: 'on-call schedule',
  service: 'service',
  source: 'alert source',
  policy: 'escalation policy',
  channel: 'team channel',
};
const MOST_NAMED = 10;

/** Looks up everything of these kinds; what one may not see has no names, and a name of it is refused. */
export async function readBook(api: Api, ...nouns: readonly Noun[]): Promise<Book> {
  const lists = await Promise.all(
    nouns.map(async (noun) => {
      try {
        return await readEntries(api, noun);
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 403) return null;
        throw error;
      }
    }),
  );
  const hidden = nouns.filter((_, i) => lists[i] === null);
  return bookOf(
    lists.flatMap((list) => list ?? []),
    hidden,
  );
}

/** Every item of a list, page by page. */
export async function everyOne<Item>(
  read: (page: { readonly limit: number; readonly cursor?: string }) => Promise<{
    readonly items: readonly Item[];
    readonly nextCursor: string | null;
  }>,
): Promise<Item[]> {
  const found: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const list = await read({ limit: 200, ...(cursor === '' ? {} : { cursor }) });
    found.push(...list.items);
    cursor = list.nextCursor;
  }
  return found;
}

export function bookOf(entries: readonly Entry[], hidden: readonly Noun[] = []): Book {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const matching = (noun: Noun, name: string) => {
    const same = entries.filter((one) => one.noun === noun);
    const wanted = name.trim().toLowerCase();
    const byName = (names: readonly string[]) => names.some((one) => one.toLowerCase() === wanted);
    const exact = same.filter(({ id }) => id === name);
    if (exact.length > 0) return exact;
    const named = same.filter(({ names }) => byName(names));
    // People are called by their first names; whoever has that one alone is meant.
    return named.length > 0 || noun !== 'person' ? named : same.filter(({ title }) => byName(title.split(' ', 1)));
  };
  const find: Book['find'] = (nouns, name) => {
    for (const noun of nouns) {
      const found = matching(noun, name);
      if (found.length > 1)
        throw new CommandError(`${name} names several: ${found.map(({ id }) => id).join(', ')}. Say which by its id.`);
      if (found[0]) return { noun, id: found[0].id };
    }
    const unseen = nouns.find((noun) => hidden.includes(noun));
    if (unseen !== undefined)
      throw new CommandError(`This API key may not see any ${WORDS[unseen]}, so ${name} cannot be looked up.`);
    const none = `There is no ${anyOf(nouns.map((noun) => WORDS[noun]))} ${name}.`;
    const others = entries.filter(({ noun }) => nouns.includes(noun));
    throw new CommandError(none + hintOf(name, others));
  };
  return {
    find,
    idOf: (noun, name) => find([noun], name).id,
    titleOf: (id) => byId.get(id)?.title ?? id,
    writtenOf: (id) => {
      const entry = byId.get(id);
      const name = entry?.names[0];
      return entry === undefined || name === undefined || matching(entry.noun, name).length > 1 ? id : name;
    },
  };
}

function anyOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** What else there is: all of a few, the nearest of many. */
function hintOf(name: string, others: readonly Entry[]): string {
  const written = ({ names, id }: Entry) => names[0] ?? id;
  if (others.length > 0 && others.length <= MOST_NAMED) return ` There are: ${others.map(written).join(', ')}.`;
  const near = nearest(name, others, ({ names }) => names).map(written);
  return near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
}

async function readEntries(api: Api, noun: Noun): Promise<Entry[]> {
  const named = (items: readonly { readonly id: string; readonly name: string }[]) =>
    items.map(({ id, name }) => ({ noun, id, title: name, names: [name] }));
  switch (noun) {
    case 'person': {
      const people = await everyOne((query) => api.call(listUsers, { query }));
      return people.map(({ id, name, email }) => ({ noun, id, title: name, names: [email, name] }));
    }
    case 'service': {
      const services = await everyOne((query) => api.call(listServices, { query }));
      return services.map(({ id, name, slug }) => ({ noun, id, title: name, names: [slug, name] }));
    }
    case 'team':
      return named(await everyOne((query) => api.call(listTeams, { query })));
    case 'schedule':
      return named(await everyOne((query) => api.call(listSchedules, { query })));
    case 'source':
      return named(await everyOne((query) => api.call(listAlertSources, { query })));
    case 'policy':
      return named(await everyOne((query) => api.call(listEscalationPolicies, { query })));
    case 'channel':
      return named(await everyOne((query) => api.call(listPageChannels, { query })));
    default:
      return noun satisfies never;
  }
}
