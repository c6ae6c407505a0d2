import { changeTeam, createTeam, deleteTeam, listTeams, readTeamRoute } from '#access/contract';
import type { Api } from '../api.ts';
import { type Book, everyOne, readBook } from '../book.ts';
import { CommandError, EXIT, type Outcome } from '../io.ts';
import { columns } from '../text.ts';

export type ChangeTeamOptions = {
  readonly rename?: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
};

/** Every team and who is in it. */
export async function teams(api: Api): Promise<Outcome> {
  const [items, book] = await Promise.all([
    everyOne((page) => api.call(listTeams, { query: page })),
    readBook(api, 'person'),
  ]);
  const rows = items.map(({ name, userIds }) => [name, namesOf(userIds, book)]);
  return { text: rows.length === 0 ? 'There is no team.' : columns(rows), data: items };
}

export async function addTeam(api: Api, name: string, people: readonly string[]): Promise<Outcome> {
  const book = await readBook(api, 'person');
  const userIds = people.map((one) => book.idOf('person', one));
  const made = await api.call(createTeam, { body: { name, userIds } });
  return { text: `${made.name}: ${namesOf(made.userIds, book)}`, data: made };
}

/** Renames a team, or changes who is in it. */
export async function editTeam(api: Api, name: string, { rename, add, remove }: ChangeTeamOptions): Promise<Outcome> {
  if (rename === undefined && add.length === 0 && remove.length === 0)
    throw new CommandError('Say what to change: --rename, --add or --remove.', EXIT.usage);
  const book = await readBook(api, 'team', 'person');
  const id = book.idOf('team', name);
  const before = await api.call(readTeamRoute, { params: { id } });
  const gone = remove.map((one) => book.idOf('person', one));
  const stranger = gone.find((userId) => !before.userIds.includes(userId));
  if (stranger !== undefined) throw new CommandError(`${book.titleOf(stranger)} is not in ${before.name}.`);
  const come = add.map((one) => book.idOf('person', one));
  const userIds = [...new Set([...before.userIds.filter((userId) => !gone.includes(userId)), ...come])];
  const after = await api.call(changeTeam, { params: { id }, body: { name: rename ?? before.name, userIds } });
  return { text: `${after.name}: ${namesOf(after.userIds, book)}`, data: after };
}

export async function removeTeam(api: Api, name: string): Promise<Outcome> {
  const book = await readBook(api, 'team');
  const id = book.idOf('team', name);
  await api.call(deleteTeam, { params: { id } });
  return { text: `${book.titleOf(id)} is removed.`, data: { id } };
}

function namesOf(userIds: readonly string[], { titleOf }: Book): string {
  const names = userIds.map(titleOf).toSorted((a, b) => a.localeCompare(b));
  return names.join(', ') || 'nobody';
}
