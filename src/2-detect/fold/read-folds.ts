import { readServices } from '#monitor';
import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type PageQuery, pageOf, readCursor } from '#platform/page.ts';
import { type Condition, condition } from '../route/condition-contract.ts';
import type { AlertFoldsView, AlertFoldView, FoldBy } from './contract.ts';
import { chooseWay, nameInWords, wayOf, whyWords } from './fold.ts';
import { knownOf } from './known.ts';
import {
  type FoldPosition,
  type FoldRow,
  isIn,
  type Known,
  selectExtent,
  selectFolds,
  selectWays,
  type Whose,
} from './store.ts';

/** The alerts of a list in rows of what they have in common; without a way to fold, the one that leaves least to read. */
export async function readFolds(
  ctx: Ctx,
  whose: Whose,
  query: PageQuery & { readonly by?: FoldBy | undefined },
): Promise<AlertFoldsView> {
  const after = positionIn(query);
  const known = await knownOf(ctx, whose);
  const [{ count, open, acknowledged, newestId }, ways] = [
    await selectExtent(ctx, whose),
    await selectWays(ctx, whose, known),
  ];
  const by = query.by ?? chooseWay(ways, count);
  const rows = await selectFolds(ctx, whose, by, known, { after, limit: query.limit + 1 });
  const named = await namesOf(ctx, by, rows);
  const page = pageOf(
    rows,
    query,
    ({ live, count: all, id }) => `${live}.${all}.${id}`,
    (row) => present(by, row, named),
  );
  const states = { open, acknowledged, closed: count - open - acknowledged };
  return { by, why: whyWords(ways, by, count), count, states, newestId, ways, ...page };
}

/** What most alerts of a list have in common, and how that was found; nothing when they only came at the same time. */
export async function readCauses(
  ctx: Ctx,
  whose: Whose,
  most: number,
): Promise<{ readonly by: FoldBy; readonly causes: readonly { readonly name: string; readonly count: number }[] }> {
  const known = await knownOf(ctx, whose);
  const ways = await selectWays(ctx, whose, known);
  const by = chooseWay(ways, (await selectExtent(ctx, whose)).count);
  if (by === 'time') return { by, causes: [] };
  // One row more, for those of which nothing is known.
  const rows = await selectFolds(ctx, whose, by, known, { after: null, limit: most + 1 });
  const named = await namesOf(ctx, by, rows);
  const causes = rows.flatMap((row) => {
    const { name } = present(by, row, named);
    return name === null || row.count < 2 ? [] : [{ name: nameInWords(name), count: row.count }];
  });
  return { by, causes: causes.toSorted((a, b) => b.count - a.count).slice(0, most) };
}

/** Whether an alert is in a row of a list. Refuses what names no row. */
export async function inFold(ctx: Ctx, whose: Whose, foldId: string, path: string) {
  const by = wayOf(foldId);
  if (by === null) throw invalid(path, 'names no row of a folded list');
  const known: Known =
    by === 'time' || by === 'address' ? { roots: new Map(), hosts: new Map() } : await knownOf(ctx, whose);
  return isIn(foldId, by, known);
}

function positionIn(query: PageQuery): FoldPosition | null {
  const cursor = readCursor(query, /^\d{1,9}\.\d{1,9}\.fld_[a-z]+_(?:[0-9a-f]{32}|none)$/);
  const [live, count, id = ''] = cursor?.split('.') ?? [];
  return cursor === null ? null : { live: Number(live), count: Number(count), id };
}

async function namesOf(ctx: Ctx, by: FoldBy, rows: readonly FoldRow[]): Promise<ReadonlyMap<string, string>> {
  if (by !== 'dependency') return new Map();
  const services = await readServices(
    ctx,
    rows.flatMap(({ key }) => key ?? []),
  );
  return new Map(services.map(({ id, name }) => [id, name]));
}

function present(by: FoldBy, row: FoldRow, named: ReadonlyMap<string, string>): AlertFoldView {
  const { id, key, count, open, acknowledged, critical, error, warning, info, services, title } = row;
  const ofService = by === 'dependency' && key !== null;
  const name = by === 'time' ? null : ofService ? (named.get(key) ?? 'a service that is gone') : key;
  return {
    id,
    name,
    at: by === 'time' && key !== null ? new Date(Number(key) * 60_000).toISOString() : null,
    serviceId: ofService ? key : null,
    isCause: ofService && row.serviceIds.some((one) => one !== key),
    services,
    count,
    states: { open, acknowledged, closed: count - row.live },
    severities: { critical, error, warning, info },
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    title,
    match: matchOf(by, row),
  };
}

const MOST_VALUES = 50;

/** Conditions that take the whole row: its services, or what one label says; null when that cannot be said. */
function matchOf(by: FoldBy, { key, count, serviceIds, labels, values, labelled }: FoldRow): Condition[] | null {
  if (key === null || by === 'time') return null;
  if (by === 'dependency') return conditionOf({ field: 'service', op: 'is', values: serviceIds });
  const [name] = labels;
  if (labels.length !== 1 || labelled < count) return null;
  return conditionOf({ field: 'label', name, op: 'is', values });
}

function conditionOf(wanted: { readonly values: readonly string[] } & Readonly<Record<string, unknown>>) {
  if (wanted.values.length === 0 || wanted.values.length > MOST_VALUES) return null;
  const read = condition.safeParse(wanted);
  return read.success ? [read.data] : null;
}
