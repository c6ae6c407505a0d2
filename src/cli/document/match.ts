import { CommandError } from '../io.ts';

type Named = { readonly id: string; readonly name: string };
type Written = { readonly id?: string | undefined; readonly name: string };

/**
 * Which of the things that are there each entry of a file means: the one of its id, or else of its name; undefined is a new
 * one. Names need not be unique, so what could mean another one is refused before anything is written.
 */
export function matchAll<Item extends Named>(
  noun: string,
  entries: readonly Written[],
  items: readonly Item[],
): (Item | undefined)[] {
  const found = entries.map((entry) => matchOne(noun, entry, items));
  const keys = entries.map(({ name }, i) => found[i]?.id ?? name.trim().toLowerCase());
  const twice = entries.find((_, i) => keys.indexOf(keys[i] ?? '') < i);
  if (twice)
    throw new CommandError(
      `The file has two entries for the ${noun} ${twice.name}. Give each its "id", or another name.`,
    );
  return found;
}

/** An id for the file, only where the name alone would not say which is meant. */
export function idWhereNeeded({ id, name }: Named, items: readonly Named[]): { id?: string } {
  return items.some((one) => one.id !== id && isSame(one.name, name)) ? { id } : {};
}

function matchOne<Item extends Named>(noun: string, { id, name }: Written, items: readonly Item[]): Item | undefined {
  if (id !== undefined) {
    const item = items.find((one) => one.id === id);
    if (item === undefined)
      throw new CommandError(
        `${name}: there is no ${noun} with the id ${id}. Without "id" the name says which is meant.`,
      );
    return item;
  }
  const same = items.filter((one) => isSame(one.name, name));
  if (same.length > 1)
    throw new CommandError(
      `${name} names several: ${same.map((one) => one.id).join(', ')}. Say which with "id"; "export" writes it.`,
    );
  return same[0];
}

export function isSame(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
