import type { Context } from 'hono';
import { readAtMost } from '#platform/read-at-most.ts';

const MAX_BODY_BYTES = 262_144;

/** The raw body of a request to a hook, as its signature covers it; null when it is larger than any service sends. */
export async function readRawBody(c: Context): Promise<string | null> {
  return (await readAtMost(c.req.raw, MAX_BODY_BYTES))?.toString('utf8') ?? null;
}

/** A JSON object, or null for anything else. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
