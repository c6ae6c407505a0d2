import { z } from 'zod';
import { invalid } from '#kernel/errors.ts';

/** A place in a list as an opaque word: the sort key of the last row that was sent. */
function writeCursor(key: object): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The sort key in a cursor; null for the first page. Refuses words that no list of ours has given out. */
export function readCursor<Key>(cursor: string | undefined, shape: z.ZodType<Key>): Key | null {
  if (cursor === undefined) return null;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw invalid('query.cursor', 'must be the nextCursor of a page of this list');
  }
}

/** Cuts rows that were read with `limit + 1` into a page. */
export function pageOf<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => object) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? writeCursor(keyOf(last)) : null };
}
