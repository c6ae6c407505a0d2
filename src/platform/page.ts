import { invalid } from '#kernel/errors.ts';

/** What a list is asked for; `cursor` is opaque to callers. */
export type PageQuery = { readonly limit: number; readonly cursor?: string | undefined };

/** The sort key of the last row shown, or null for the first page. Refuses a cursor that this kind of list did not make. */
export function readCursor(query: PageQuery, pattern: RegExp): string | null {
  if (query.cursor === undefined) return null;
  const key = Buffer.from(query.cursor, 'base64url').toString('utf8');
  if (!pattern.test(key)) throw invalid('query.cursor', 'is not a cursor of this list');
  return key;
}

/** Cuts `limit + 1` rows, read after the cursor, to a page; `keyOf` is the sort key of a row. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  query: PageQuery,
  keyOf: (row: Row) => string,
  present: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > query.limit && last !== undefined ? Buffer.from(keyOf(last)).toString('base64url') : null;
  return { items: shown.map(present), nextCursor };
}
