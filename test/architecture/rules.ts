import { isClient, isStage, isTest, rankOf, resolveImport, roomOf, type Target } from './house.ts';
import type { SourceFile } from './scan.ts';

/** An edge of the import graph, resolved. */
export type Edge = { readonly from: string; readonly to: Target; readonly erased: boolean };

const PIPELINE = 'src/app/pipeline.ts';
/** Commands that work on the machine where they run, not through the API. All others are clients. */
const LOCAL_COMMANDS = /^src\/cli\/(command\/(server|probe|token|doctor|kuma-database)\.ts|doctor\/)/;

/** All imports of all files; those that are computed at run time cannot be checked and are told apart. */
export function graphOf(files: readonly SourceFile[], doors: Readonly<Record<string, string>>) {
  const edges: Edge[] = [];
  const computed: string[] = [];
  for (const { path, imports } of files) {
    for (const { specifier, erased } of imports) {
      if (specifier === null) computed.push(path);
      else edges.push({ from: path, to: resolveImport(path, specifier, doors), erased });
    }
  }
  return { edges, computed };
}

/** Why an import is against the rule of order or doors; null when it is not. */
export function faultOf({ from, to }: Edge): string | null {
  if (to.kind === 'package') return null;
  if (to.kind === 'no-door') return `${from} → ${to.specifier}: there is no such door`;
  const here = roomOf(from);
  const there = roomOf(to.path);
  const fault = (why: string) => `${from} → ${to.path}: ${why}`;

  if (isStage(there) && to.path === `src/${there}/stage.ts`) {
    return from === PIPELINE ? null : fault('stage.ts is for the pipeline alone');
  }
  if (here === there)
    return to.door && here !== 'test' && !isTest(from) ? fault('inside a room, paths are relative') : null;
  // A guide is text and no code; what the dashboard shows of it is the one copy.
  if (here === 'web' && /^docs\/[a-z-]+\.md$/.test(to.path)) return null;
  if (!to.door) return fault('other rooms are entered through a door (#…)');
  if (there === 'test')
    return isTest(from) || !from.startsWith('src/') ? null : fault('the product does not import its tests');
  if (isClient(here))
    return clientMayImport(from, to.path, there) ? null : fault('clients import contracts and kernel only');
  if (there === 'client')
    return rankOf(here) < 0 || here === 'app' || isTest(from) ? null : fault('the server does not call itself');
  if (rankOf(here) >= 0 && rankOf(there) > rankOf(here)) return fault(`${there} comes after ${here}`);
  return null;
}

function clientMayImport(from: string, to: string, there: string): boolean {
  if (there === 'kernel' || (isStage(there) && to === `src/${there}/contract.ts`)) return true;
  if (there === 'client') return true;
  return (LOCAL_COMMANDS.test(from) && ['app', 'platform'].includes(there)) || (isTest(from) && there === 'test');
}

/** Files in stages that query the database and are not stores. */
export function queryFaults(files: readonly SourceFile[]): string[] {
  return files
    .filter(
      ({ path, queries }) => queries && isStage(roomOf(path)) && !isTest(path) && !/(^|\/|-)store\.ts$/.test(path),
    )
    .map(({ path }) => `${path}: only store.ts queries`);
}

/** What a browser would load with the contracts, the kernel, the client and the dashboard, but cannot or must not. */
export function browserFaults(files: readonly SourceFile[], edges: readonly Edge[]): string[] {
  const loaded = new Map<string, Edge[]>();
  for (const edge of edges.filter(({ erased }) => !erased))
    loaded.set(edge.from, [...(loaded.get(edge.from) ?? []), edge]);
  const entries = files.map(({ path }) => path).filter((path) => !isTest(path) && isBrowserEntry(path));
  return entries.flatMap((entry) => {
    const seen = new Set([entry]);
    const faults: string[] = [];
    for (const path of seen) {
      for (const { to } of loaded.get(path) ?? []) {
        const fault =
          to.kind === 'package' ? packageFault(entry, to.name) : to.kind === 'file' ? fileFault(to.path) : null;
        if (fault) faults.push(`${entry} loads ${path}, which imports ${fault}`);
        else if (to.kind === 'file') seen.add(to.path);
      }
    }
    return faults;
  });
}

function isBrowserEntry(path: string): boolean {
  const room = roomOf(path);
  // Tools of the dashboard's build run in Node.
  if (room === 'web') return !path.endsWith('.config.ts') && !path.startsWith('web/dev/');
  return room === 'kernel' || room === 'client' || (isStage(room) && path.endsWith('/contract.ts'));
}

function packageFault(entry: string, name: string): string | null {
  if (name.startsWith('node:')) return `${name}, which is not in browsers`;
  return roomOf(entry) === 'web' || name === 'zod'
    ? null
    : `the package ${name} (contracts and kernel import zod only)`;
}

function fileFault(path: string): string | null {
  const onServer = roomOf(path) === 'platform' || roomOf(path) === 'app';
  return onServer || /(^|\/|-)(store|routes|jobs|stage|tables)\.ts$/.test(path)
    ? `${path}, which is for the server`
    : null;
}

/** Files that import each other in a circle, types and dynamic imports counted; each circle once, in order of path. */
export function cycles(edges: readonly Edge[]): string[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of edges) {
    if (to.kind === 'file') next.set(from, (next.get(from) ?? new Set()).add(to.path));
  }
  const found = new Set<string>();
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const visit = (path: string) => {
    state.set(path, 'open');
    trail.push(path);
    for (const to of next.get(path) ?? []) {
      if (state.get(to) === 'open') found.add([...trail.slice(trail.indexOf(to)), to].join(' → '));
      else if (!state.has(to)) visit(to);
    }
    trail.pop();
    state.set(path, 'done');
  };
  for (const path of [...next.keys()].toSorted()) if (!state.has(path)) visit(path);
  return [...found];
}

/** Names that say nothing about what is inside. */
export function namingFaults(files: readonly SourceFile[]): string[] {
  return files
    .map(({ path }) => path)
    .filter((path) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.tsx?$)/.test(path));
}
