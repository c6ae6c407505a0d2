import { CONFIG_SECTIONS, type ConfigSection } from './contract.ts';
import type { Here } from './here.ts';
import type { Thing } from './section.ts';
import { sectionOf } from './sections.ts';

/** Something that is here, with what the files of one set call it. */
export type Labelled = {
  readonly section: ConfigSection;
  readonly thing: Thing;
  /** Its key in this set, or the key it would have; `other/key` for what another set manages. */
  readonly label: string;
  /** The set that manages it. */
  readonly set: string | null;
};

/**
 * What the files of a set call everything that is here: by its key where it has one, else by a key made from its name,
 * the older of two first. A key of another set is written `other/key`.
 */
export function labelAll(here: Here, set: string): Labelled[] {
  const keys = new Map(here.keys.map((key) => [key.targetId, key]));
  return CONFIG_SECTIONS.flatMap((section) => {
    const things = [...sectionOf[section].things(here)].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const taken = new Set<string>();
    for (const { id } of things) {
      const key = keys.get(id);
      if (key?.setName === set) taken.add(key.key);
    }
    return things.map((thing): Labelled => {
      const key = keys.get(thing.id);
      if (key !== undefined)
        return {
          section,
          thing,
          set: key.setName,
          label: key.setName === set ? key.key : `${key.setName}/${key.key}`,
        };
      const label = freeLabel(thing.slug, taken);
      taken.add(label);
      return { section, thing, label, set: null };
    });
  });
}

function freeLabel(slug: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const label = n === 1 ? slug : `${slug}-${n}`;
    if (!taken.has(label)) return label;
  }
}
