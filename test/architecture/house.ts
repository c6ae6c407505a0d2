import { posix } from 'node:path';

/** The order of the rooms: a file may import rooms before its own, never later ones. */
const ORDER = [
  'kernel',
  'platform',
  'access',
  'delivery',
  '1-monitor',
  '2-detect',
  '3-declare',
  '4-respond',
  '5-communicate',
  '6-resolve',
  '7-learn',
  'app',
] as const;

/** Rooms with an index, a contract and a `stage.ts`. */
const STAGES: ReadonlySet<string> = new Set(ORDER.slice(ORDER.indexOf('access'), ORDER.indexOf('app')));

/** Small programs over the contracts; they see nothing of the server. */
const CLIENTS: ReadonlySet<string> = new Set(['client', 'cli', 'web']);

export const ROOMS: readonly string[] = ORDER;

/** `src/3-declare/incident/incident.ts` is in `3-declare`; outside `src` the room is the tree, such as `web`. */
export function roomOf(path: string): string {
  const [tree = '', room = ''] = path.split('/');
  return tree === 'src' ? room : tree;
}

export function rankOf(room: string): number {
  return ORDER.findIndex((name) => name === room);
}

export const isStage = (room: string) => STAGES.has(room);
export const isClient = (room: string) => CLIENTS.has(room);
export const isTest = (path: string) => /\.test\.tsx?$/.test(path);

/** Where an import leads: a file of the house, a package (or `node:…`), or a path no door opens. */
export type Target =
  | { readonly kind: 'file'; readonly path: string; readonly door: boolean }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'no-door'; readonly specifier: string };

/** Resolves a specifier as Node does, by the `imports` map of package.json. */
export function resolveImport(from: string, specifier: string, doors: Readonly<Record<string, string>>): Target {
  if (specifier.startsWith('.')) {
    const path = posix.normalize(posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')));
    return { kind: 'file', path, door: false };
  }
  if (!specifier.startsWith('#')) {
    const depth = specifier.startsWith('@') ? 2 : 1;
    return {
      kind: 'package',
      name: specifier.startsWith('node:') ? specifier : specifier.split('/').slice(0, depth).join('/'),
    };
  }
  for (const [door, path] of Object.entries(doors)) {
    const inside = path.replace(/^\.\//, '');
    if (door === specifier) return { kind: 'file', path: inside, door: true };
    if (door.endsWith('/*') && specifier.startsWith(door.slice(0, -1))) {
      return { kind: 'file', path: inside.replace('*', specifier.slice(door.length - 1)), door: true };
    }
  }
  return { kind: 'no-door', specifier };
}
