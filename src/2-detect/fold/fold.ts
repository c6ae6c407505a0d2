import { type Dependency, upstreamOf } from '#monitor';
import type { FoldBy } from './contract.ts';

/** What one way to fold a list comes to: rows, and alerts of which it knows nothing. */
export type Way = { readonly by: FoldBy; readonly rows: number; readonly without: number };

/** What says most about the cause comes first. */
const WAYS: readonly FoldBy[] = ['dependency', 'host', 'address', 'time'];

/** What somebody has to read: the rows, and one by one what is in none. */
const linesOf = ({ rows, without }: Way) => rows + without;

/**
 * The way that leaves the fewest lines to read, of several the one that says most about the cause. That alerts came in the
 * same minute says when and not why, so it is taken only when nothing else halves the list.
 */
export function chooseWay(ways: readonly Way[], count: number): FoldBy {
  const inOrder = WAYS.flatMap((by) => ways.find((way) => way.by === by) ?? []);
  const [best] = inOrder.filter(({ by }) => by !== 'time').toSorted((a, b) => linesOf(a) - linesOf(b));
  const time = inOrder.find(({ by }) => by === 'time');
  if (best === undefined) return 'time';
  if (time !== undefined && linesOf(best) * 2 > count && linesOf(time) < linesOf(best)) return 'time';
  return best.by;
}

const WORDS: Record<FoldBy, { readonly by: string; readonly none: string }> = {
  dependency: { by: 'by dependency', none: 'no service' },
  host: { by: 'by host', none: 'no known host' },
  address: { by: 'by address', none: 'no known address' },
  time: { by: 'by minute', none: 'no time' },
};

/** `By host: 4 rows hold 498 of 500 alerts, 2 have no known host. Otherwise it would be 12 lines by dependency, …` */
export function whyWords(ways: readonly Way[], by: FoldBy, count: number): string {
  const way = ways.find((one) => one.by === by);
  if (way === undefined || count === 0) return 'There is no alert.';
  const held = count - way.without;
  const rest = way.without === 0 ? '' : `, ${way.without} ${way.without === 1 ? 'has' : 'have'} ${WORDS[by].none}`;
  const rows = `${way.rows} ${way.rows === 1 ? 'row holds' : 'rows hold'}`;
  const all =
    way.without === 0 ? (count === 1 ? 'the one alert' : `all ${count} alerts`) : `${held} of ${count} alerts`;
  const others = WAYS.flatMap((other) => ways.find((one) => one.by === other && other !== by) ?? []);
  const would = others
    .map((one, i) => `${linesOf(one)}${i > 0 ? '' : linesOf(one) === 1 ? ' line' : ' lines'} ${WORDS[one.by].by}`)
    .join(', ');
  return `${capital(WORDS[by].by)}: ${rows} ${all}${rest}.${would === '' ? '' : ` Otherwise it would be ${would}.`}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

const LONGEST_NAME = 60;

/** A name as it stands in a sentence of ours: on one line, and cut where a sender made it long. */
export function nameInWords(name: string): string {
  const line = name.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  const letters = [...line];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : line;
}

/** A service that alerts of a list are of. */
export type Affected = { readonly serviceId: string; readonly count: number; readonly isDown: boolean };

/**
 * For each service whose alerts something explains that it needs: what that is. Of things that are down in a chain it is the
 * last one; where there are several, the one that most alerts lean on. Services that nothing explains are left out.
 */
export function rootsOf(
  affected: readonly Affected[],
  dependencies: readonly Dependency[],
  alsoDown: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const down = new Set([...alsoDown, ...affected.flatMap(({ serviceId, isDown }) => (isDown ? [serviceId] : []))]);
  const above = new Map<string, readonly string[]>();
  const needs = (serviceId: string) => {
    const known = above.get(serviceId) ?? upstreamOf(dependencies, serviceId).filter((id) => down.has(id));
    above.set(serviceId, known);
    return known;
  };
  const ends = (serviceId: string) => needs(serviceId).filter((id) => needs(id).length === 0);
  const leaning = new Map<string, number>();
  for (const { serviceId, count } of affected)
    for (const root of ends(serviceId)) leaning.set(root, (leaning.get(root) ?? 0) + count);
  const found = new Map<string, string>();
  for (const { serviceId } of affected) {
    const [root] = ends(serviceId).toSorted((a, b) => (leaning.get(b) ?? 0) - (leaning.get(a) ?? 0));
    if (root !== undefined) found.set(serviceId, root);
  }
  return found;
}

/** How the list is folded that a row is of: `fld_host_…`; null for what names no row. */
export function wayOf(foldId: string): FoldBy | null {
  const [, by] = /^fld_([a-z]+)_(?:[0-9a-f]{32}|none)$/.exec(foldId) ?? [];
  return WAYS.find((way) => way === by) ?? null;
}
