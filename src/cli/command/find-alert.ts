import { type AlertView, listAlerts, readAlertRoute } from '#detect/contract';
import type { Api } from '../api.ts';
import { CommandError } from '../io.ts';

const WHOLE_ID = /^alt_[0-9a-z]{20,}$/;
const FEWEST_LETTERS = 4;

/** The alert that a person means: by id, or by the last characters of one among the newest. */
export async function findAlert(api: Api, name: string): Promise<AlertView> {
  if (WHOLE_ID.test(name)) return api.call(readAlertRoute, { params: { id: name } });
  const { items } = await api.call(listAlerts, { query: { limit: 200 } });
  const found = endingIn(items, name);
  if (!found) throw new CommandError(`There is no alert ${name} among the newest. See: allclear alerts --all.`);
  return found;
}

/** Ids behind names, in their order; what begins like an id and is not known here is left to the server. */
export async function alertIdsOf(api: Api, names: readonly string[]): Promise<string[]> {
  if (names.every((name) => WHOLE_ID.test(name))) return [...names];
  const { items } = await api.call(listAlerts, { query: { limit: 200 } });
  const ids = names.map((name) => {
    if (WHOLE_ID.test(name)) return name;
    const found = endingIn(items, name);
    if (!found && !name.startsWith('alt_'))
      throw new CommandError(`There is no alert ${name} among the newest. See: allclear alerts --all.`);
    return found?.id ?? name;
  });
  return [...new Set(ids)];
}

function endingIn(items: readonly AlertView[], name: string): AlertView | undefined {
  const end = name.toLowerCase().replace(/^alt_/, '');
  const found = end.length < FEWEST_LETTERS ? [] : items.filter(({ id }) => id.endsWith(end));
  if (found.length > 1)
    throw new CommandError(`${name} is the end of several: ${found.map(({ id }) => id).join(', ')}. Say which.`);
  return found[0];
}
