import { listMonitors, type MonitorRow } from '#monitor/contract';
import type { Api } from '../api.ts';
import { everyOne } from '../book.ts';
import { CommandError } from '../io.ts';

const MOST_NAMED = 5;

/** The id of a monitor that a person names by id, name or address; there may be too many to read them all. */
export async function findMonitorId(api: Api, name: string): Promise<string> {
  if (name.startsWith('mon_')) return name;
  const search = name.trim().slice(0, 120);
  const items = await everyOne((page) => api.call(listMonitors, { query: { search, ...page } }));
  const wanted = name.trim().toLowerCase();
  const same = items.filter((one) => one.name.toLowerCase() === wanted || one.url?.toLowerCase() === wanted);
  if (same.length > 1) {
    const each = same.map(({ id, kind, url }) => `${id} (${[kind, url].filter(Boolean).join(' ')})`);
    throw new CommandError(`${name} names several: ${each.join(', ')}. Say which by its id.`);
  }
  const [found] = same;
  if (!found) throw new CommandError(`There is no monitor ${name}.${hintOf(items)}`);
  return found.id;
}

/** Those whose name or address holds the word. */
function hintOf(others: readonly MonitorRow[]): string {
  if (others.length === 0) return '';
  const more = others.length > MOST_NAMED ? ', …' : '';
  return ` There are: ${others
    .slice(0, MOST_NAMED)
    .map(({ name }) => name)
    .join(', ')}${more}.`;
}
