import { z } from 'zod';

/** Pieces of the wire format that every contract shares: ids, times, pages of a list, bounded text. */

/** `id('inc')` accepts `inc_` followed by 1 to 64 letters, digits, `_` or `-`. */
export function id(prefix: string) {
  return z.string().regex(new RegExp(`^${prefix}_[A-Za-z0-9_-]{1,64}$`), `expected an id like ${prefix}_…`);
}

/** A point in time, ISO 8601 in UTC. */
export const instant = z.iso.datetime({ offset: true });

/** A calendar date without a time, `2026-11-23`. */
export const calendarDate = z.iso.date();

/** One line of text, trimmed, 1 to `max` characters. */
export const line = (max = 200) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max)
    .regex(/^[^\r\n]*$/, 'must be a single line');

/** Several lines of text (Markdown unless said otherwise), 1 to `max` characters. */
export const prose = (max = 20_000) => z.string().trim().min(1, 'must not be empty').max(max);

/** A length of time in whole seconds. */
export const seconds = (min: number, max: number) => z.number().int().min(min).max(max);

/** How long a key that is replaced works on, in seconds: a day unless somebody says, at most 30 days; 0 revokes it at once. */
export const keyGrace = seconds(0, 2_592_000).default(86_400);

/** The query every list takes. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(512).optional(),
});

/** A page of a list: pass `nextCursor` as `cursor` to go on; null at the end. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** A boolean in a query string: `true` or `false`. */
export const queryFlag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** The path parameter of most routes. */
export const idParams = (prefix: string) => z.object({ id: id(prefix) });
