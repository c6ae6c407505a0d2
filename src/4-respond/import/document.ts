import { z } from 'zod';
import { AppError } from '#kernel/errors.ts';

/** Pieces that the documents of all tools share: a person collects them by hand, so they are forgiving where nothing is lost by it. */

/** A list, also as an API answers it: within `{"data": […]}` and the like. A missing one is empty. */
export function listIn<T extends z.ZodType>(item: T, key: string) {
  const unwrap = (value: unknown) =>
    value !== null && typeof value === 'object' && key in value ? (value as Record<string, unknown>)[key] : value;
  return z.preprocess((value) => unwrap(value) ?? [], z.array(item).max(5_000));
}

/** Things by the id of what they belong to: `{"PI7DH85": […]}`. */
export const byId = <T extends z.ZodType>(value: T) =>
  z
    .record(z.string(), value)
    .nullish()
    .transform((record) => new Map(Object.entries(record ?? {})));

export const vendorId = z.union([z.string().min(1).max(200), z.number().transform(String)]);

/** Text of any shape, as one line of at most 120 characters. */
export const vendorName = z
  .string()
  .nullish()
  .transform((text) => oneLine(text ?? ''));

export const vendorInstant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export function oneLine(text: string): string {
  return cut(text.replaceAll(/\s+/g, ' ').trim(), 120);
}

/** The first characters of a text; half a character at the cut is none. */
export function cut(text: string, most: number): string {
  return text.slice(0, most).toWellFormed();
}

/** Parses an export; refuses a malformed one and names the path of what is wrong. */
export function parseDocument<T extends z.ZodType>(schema: T, document: unknown): z.output<T> {
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ path: ['body', 'document', ...path].join('.'), message }));
  const [first] = errors;
  throw new AppError('invalid', `${first?.path.replace('body.', '')}: ${first?.message}`, { errors });
}

/** The name of a time zone that can be reckoned with, or null. */
export function knownZone(name: string | null | undefined): string | null {
  if (!name) return null;
  try {
    Temporal.Now.instant().toZonedDateTimeISO(name);
    // An offset is no zone: it has no summer.
    return /^[+-]/.test(name) ? null : name;
  } catch {
    return null;
  }
}
