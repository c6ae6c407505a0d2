import { stringify } from 'yaml';
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

/** A key for a name that is not taken yet. */
function freeKey(name: string, taken: ReadonlySet<string>): string {
  const slug = slugOf(name);
  for (let n = 1; ; n++) {
    const key = n === 1 ? slug : `${slug}-${n}`;
    if (!taken.has(key)) return key;
  }
}

export function startDraft(tool: MovingTool): Draft {
  const sections: Record<Section, Map<string, Fields>> = {
    services: new Map(),
    monitors: new Map(),
    maintenance: new Map(),
  };
  const items: MovingItem[] = [];
  const remarks: string[] = [];
  const variables = new Map<string, string>();
  const secret: Draft['secret'] = (key, what, value) => {
    if (value === '') return '';
    const base = `${key}_${what}`
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]+/g, '_')
      .replace(/^(?=\d)/, '_')
      .slice(0, 90);
    let name = base;
    for (let n = 2; variables.has(name) && variables.get(name) !== value; n++) name = `${base}_${n}`;
    variables.set(name, value);
    return `\${${name}}`;
  };
  return {
    take: ({ kind, name, section, key: wanted }, read) => {
      const notes: MovingNote[] = [];
      const key = freeKey(wanted ?? name, new Set(sections[section].keys()));
      const fields = read(
        {
          changed: (text) => void notes.push({ meaning: 'changed', text }),
          lost: (text) => void notes.push({ meaning: 'lost', text }),
        },
        key,
      );
      const outcome = fields === null ? 'left' : notes.length > 0 ? 'changed' : 'same';
      items.push({ kind, name, outcome, becomes: fields === null ? null : `${section}.${key}`, notes });
      if (fields === null) return null;
      sections[section].set(key, fields);
      return key;
    },
    leave: (kind, name, why) =>
      void items.push({ kind, name, outcome: 'left', becomes: null, notes: [{ meaning: 'lost', text: why }] }),
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
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, most).toWellFormed().trim();
}

/** Within what a monitor here may be. */
export function within(value: number, [min, max]: readonly [number, number]): number {
  return Math.min(max, Math.max(min, value));
}

export const INTERVAL = [1, 86_400] as const;
export const TIMEOUT = [0.1, 60] as const;
