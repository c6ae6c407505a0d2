import { invalid } from '#kernel/errors.ts';

const BODY_BYTES = 4_096;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * The value of a push: `?value=12.5`, or else a body `12.5`, `value=12.5` or `{"value": 12.5}`. Refuses what is no finite
 * number, and a body of more than 4 KiB.
 */
export async function readValue(request: Request): Promise<number> {
  const query = new URL(request.url).searchParams.get('value');
  if (query !== null) return numberOf(query, 'query.value');
  if (request.method !== 'POST') throw missing();
  const text = (await readBody(request)).trim();
  if (text === '') throw missing();
  if (text.startsWith('{')) return numberInJson(text);
  return numberOf(new URLSearchParams(text).get('value') ?? text, 'body');
}

function missing() {
  return invalid('query.value', 'send a number: ?value=12.5, or a body of 12.5 or {"value": 12.5}');
}

function numberOf(text: string, path: string): number {
  const value = NUMBER.test(text.trim()) ? Number(text) : NaN;
  if (!Number.isFinite(value)) throw invalid(path, 'must be a finite number such as 12.5');
  return value;
}

function numberInJson(text: string): number {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw invalid('body', 'is no JSON; send {"value": 12.5}');
  }
  const value = typeof said === 'object' && said !== null && 'value' in said ? said.value : undefined;
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw invalid('body.value', 'must be a finite number such as 12.5');
  return value;
}

async function readBody(request: Request): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body ?? []) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes > BODY_BYTES) throw invalid('body', 'is longer than 4,096 bytes; send only the value');
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}
