import { stringify } from 'yaml';
import { invalid } from '#kernel/errors.ts';
import { isSecretHeader } from '../check/secret-header.ts';
import { slugOf } from '../service/service.ts';
import type { Moved, MovingItem, MovingNote, MovingTool } from './contract.ts';

type Fields = Record<string, unknown>;
type Section = 'services' | 'monitors' | 'maintenance';

/** Notes on one thing while it is read. */
export type Notes = {
  readonly changed: (text: string) => void;
  readonly lost: (text: string) => void;
};

/** What is made of another tool's configuration, piece by piece. */
export type Draft = {
  /** Puts a thing into the file; `read` says its fields, or null when it stays behind. Answers its key. */
  readonly take: (
    thing: { readonly kind: string; readonly name: string; readonly section: Section; readonly key?: string },
    read: (notes: Notes, key: string) => Fields | null,
  ) => string | null;
  /** Something that stays behind, and why. */
  readonly leave: (kind: string, name: string, why: string) => void;
  readonly remark: (text: string) => void;
  /** A secret, as the file writes it; its value goes beside the file. */
  readonly secret: (key: string, what: string, value: string) => string;
  /** Headers, those that are secret by their names. */
  readonly headers: (key: string, headers: Readonly<Record<string, string>>) => Record<string, string>;
  readonly end: (set: string) => Moved;
};

/** One conversion makes so many things at most, and so much text of them: each is worked out while others wait. */
export const MOST_THINGS = 5_000;
const MOST_CHARACTERS = 16_000_000;

export function refuseTooMany(count: number, what: string): void {
  if (count > MOST_THINGS)
    throw invalid(
      'body.files',
      `${count} ${what} are more than the ${MOST_THINGS} that are moved at once; hand them in in parts`,
    );
}

/** Keys of a section by which nothing is taken yet; of many equal names each goes on where the last one ended. */
function freeKeys(taken: ReadonlyMap<string, unknown>): (name: string) => string {
  const reached = new Map<string, number>();
  return (name) => {
    const slug = slugOf(name.slice(0, 1_000));
    for (let n = reached.get(slug) ?? 1; ; n++) {
      const key = n === 1 ? slug : `${slug}-${n}`;
      if (taken.has(key)) continue;
      reached.set(slug, n);
      return key;
    }
  };
}

export function startDraft(tool: MovingTool): Draft {
  const sections: Record<Section, Map<string, Fields>> = {
    services: new Map(),
    monitors: new Map(),
    maintenance: new Map(),
  };
  const keysOf: Record<Section, (name: string) => string> = {
    services: freeKeys(sections.services),
    monitors: freeKeys(sections.monitors),
    maintenance: freeKeys(sections.maintenance),
  };
  const items: MovingItem[] = [];
  let characters = 0;
  /** Counts before it is kept: one file may say the same of thousands of things. */
  const add = (item: MovingItem, fields: Fields | null): void => {
    refuseTooMany(items.length + 1, 'things');
    characters += JSON.stringify([item, fields]).length;
    if (characters > MOST_CHARACTERS)
      throw invalid(
        'body.files',
        `becomes more than ${MOST_CHARACTERS} characters after ${items.length} things; hand it in in parts`,
      );
    items.push(item);
  };
  const remarks: string[] = [];
  const variables = new Map<string, string>();
  const namesOf = new Map<string, { next: number; readonly byValue: Map<string, string> }>();
  const secret: Draft['secret'] = (key, what, value) => {
    if (value === '') return '';
    const base = `${key}_${what}`
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]+/g, '_')
      .replace(/^(?=\d)/, '_')
      .slice(0, 90);
    const known = namesOf.get(base) ?? { next: 1, byValue: new Map<string, string>() };
    namesOf.set(base, known);
    let name = known.byValue.get(value);
    while (name === undefined) {
      const free = known.next === 1 ? base : `${base}_${known.next}`;
      known.next += 1;
      if (!variables.has(free)) name = free;
    }
    known.byValue.set(value, name);
    variables.set(name, value);
    return `\${${name}}`;
  };
  return {
    take: ({ kind, name, section, key: wanted }, read) => {
      const notes: MovingNote[] = [];
      const key = keysOf[section](wanted ?? name);
      const fields = read(
        {
          changed: (text) => void notes.push({ meaning: 'changed', text }),
          lost: (text) => void notes.push({ meaning: 'lost', text }),
        },
        key,
      );
      const outcome = fields === null ? 'left' : notes.length > 0 ? 'changed' : 'same';
      add({ kind, name, outcome, becomes: fields === null ? null : `${section}.${key}`, notes }, fields);
      if (fields === null) return null;
      sections[section].set(key, fields);
      return key;
    },
    leave: (kind, name, why) =>
      add({ kind, name, outcome: 'left', becomes: null, notes: [{ meaning: 'lost', text: why }] }, null),
    remark: (text) => void remarks.push(text),
    secret,
    headers: (key, headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          isSecretHeader(name) ? secret(key, name, value) : plain(value),
        ]),
      ),
    end: (set) => {
      const count = (outcome: MovingItem['outcome']) => items.filter((item) => item.outcome === outcome).length;
      const document: Fields = { set };
      for (const [section, entries] of Object.entries(sections))
        if (entries.size > 0) document[section] = Object.fromEntries(entries);
      return {
        tool,
        counts: { same: count('same'), changed: count('changed'), left: count('left') },
        items,
        remarks,
        text: `# Made of a configuration of ${TOOL_NAMES[tool]}. Show what it would change with: allclear plan FILE\n${stringify(document, { lineWidth: 120, aliasDuplicateObjects: false })}`,
        variables: Object.fromEntries(variables),
      };
    },
  };
}

const TOOL_NAMES: Readonly<Record<MovingTool, string>> = {
  'uptime-kuma': 'Uptime Kuma',
  openstatus: 'OpenStatus',
  checkly: 'Checkly',
  blackbox: 'blackbox_exporter',
};

/** A text of the other tool as the file writes it: a `${` of theirs is no variable of ours. */
export function plain(text: string): string {
  return text.replaceAll('${', () => '$${');
}

export function oneLine(text: string, most = 120): string {
  // A text may be as long as its file, and stand in the names of thousands of things.
  return text
    .slice(0, most * 10)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed()
    .trim();
}

/** Within what a monitor here may be. */
export function within(value: number, [min, max]: readonly [number, number]): number {
  return Math.min(max, Math.max(min, value));
}

export const INTERVAL = [1, 86_400] as const;
export const TIMEOUT = [0.1, 60] as const;
