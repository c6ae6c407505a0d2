import { invalid } from '#kernel/errors.ts';

/** Pages of this stage's lists: the cursor is the last row's id, opaque to callers. */

export type PageQuery = { readonly limit: number; readonly cursor?: string | undefined };

/** The id after which the page starts, or null for the first page. */
export function cursorId(query: PageQuery): string | null {
  if (query.cursor === undefined) return null;
  const id = Buffer.from(query.cursor, 'base64url').toString('utf8');
  if (!/^[a-z]+_[A-Za-z0-9_-]+$/.test(id)) throw invalid('query.cursor', 'is not a cursor of this list');
  return id;
}

/** Cuts `limit + 1` rows to a page and says whether it goes on. */
export function pageOf<Row extends { readonly id: string }, Item>(
  rows: readonly Row[],
  query: PageQuery,
  present: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > query.limit && last ? Buffer.from(last.id).toString('base64url') : null;
  return { items: shown.map(present), nextCursor };
}
