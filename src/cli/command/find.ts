import { listComponents } from '#communicate/contract';
import { type IncidentView, listIncidentsRoute } from '#declare/contract';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import { CommandError } from '../io.ts';

/** The incident that a person names by reference (`INC-1`, `1`) or id; without a name, the only open one. */
export async function findIncident(api: Api, name: string | undefined): Promise<IncidentView> {
  const { items } = await api.call(listIncidentsRoute, {
    query: name === undefined ? { open: 'true' } : { limit: 200 },
  });
  if (name === undefined) {
    const [only, ...others] = items;
    if (!only) throw new CommandError('No incident is open.');
    if (others.length > 0)
      throw new CommandError(
        `Several incidents are open (${items.map((one) => one.reference).join(', ')}). Say which with --incident.`,
      );
    return only;
  }
  const wanted = /^\d+$/.test(name) ? `INC-${name}` : name;
  const found = items.find((one) => one.id === wanted || one.reference.toLowerCase() === wanted.toLowerCase());
  if (!found) throw new CommandError(`There is no incident ${name}.`);
  return found;
}

/** Ids of services that a person names by id, slug or name. */
export async function findServiceIds(api: Api, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const book = await readBook(api, 'service');
  return names.map((name) => book.idOf('service', name));
}

/** `checkout=partial_outage` as a component's id and what to say of it. */
export async function findComponents(api: Api, pairs: readonly string[]) {
  if (pairs.length === 0) return [];
  const { items } = await api.call(listComponents, { query: { limit: 200 } });
  return pairs.map((pair) => {
    const at = pair.lastIndexOf('=');
    const name = pair.slice(0, at).trim();
    const same = items.filter((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase());
    if (same.length > 1)
      throw new CommandError(`${name} names several: ${same.map(({ id }) => id).join(', ')}. Say which by its id.`);
    const [found] = same;
    if (at < 1 || !found)
      throw new CommandError(
        `${pair} names no component; expected NAME=STATUS, such as ${items[0]?.name ?? 'website'}=major_outage.`,
      );
    return { id: found.id, status: pair.slice(at + 1).trim() };
  });
}
