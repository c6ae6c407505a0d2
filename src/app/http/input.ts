import type { z } from 'zod';
import { AppError, type FieldError } from '#kernel/errors.ts';
import type { RouteSpec } from '#kernel/route.ts';
import { readAtMost } from '#platform/read-at-most.ts';
import { speakPlainly } from './plain-messages.ts';
import { HttpError } from './problem.ts';

speakPlainly();

const DEFAULT_BODY_LIMIT_BYTES = 256 * 1024;
const MAX_DEPTH = 32;
/** PostgreSQL stores neither NUL nor half a surrogate pair, so both are refused at the door. */
const NUL = '\u0000';

/** The parsed input of a call, and the raw body for the idempotency digest. */
export type Input = { readonly params: unknown; readonly query: unknown; readonly body: unknown; readonly raw: string };

/** Parses and checks everything a call carries; refuses with every fault named at once. */
export async function readInput(spec: RouteSpec, request: Request, params: Record<string, string>): Promise<Input> {
  const errors: FieldError[] = [];
  const raw = spec.body ? await readBody(request, spec.bodyLimitBytes ?? DEFAULT_BODY_LIMIT_BYTES) : '';
  const input = {
    params: check(spec.params, params, 'params', errors),
    query: check(spec.query, queryOf(request.url), 'query', errors),
    body: spec.body ? check(spec.body, parseJson(raw), 'body', errors) : {},
  };
  if (errors.length > 0) {
    const shown = errors.slice(0, 3).map((e) => `${e.path}: ${e.message}`);
    throw new AppError('invalid', `The request was refused: ${shown.join('; ')}.`, { errors: errors.slice(0, 50) });
  }
  return { ...input, raw };
}

function check(schema: z.ZodType | undefined, value: unknown, place: string, errors: FieldError[]): unknown {
  if (!schema) return {};
  const fault = findFault(value, place, 0);
  if (fault) {
    errors.push(fault);
    return {};
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues)
    errors.push({ path: [place, ...issue.path.map(String)].join('.'), message: issue.message });
  return {};
}

/** NUL characters and nesting that no schema of ours needs. */
function findFault(value: unknown, path: string, depth: number): FieldError | null {
  if (depth > MAX_DEPTH) return { path: path.slice(0, 200), message: `is nested more than ${MAX_DEPTH} levels deep` };
  if (typeof value === 'string') return findTextFault(value, path);
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const fault = findTextFault(key, path) ?? findFault(inner, `${path}.${key}`, depth + 1);
    if (fault) return fault;
  }
  return null;
}

function findTextFault(text: string, path: string): FieldError | null {
  if (text.includes(NUL)) return { path, message: 'must not contain a NUL character' };
  return text.isWellFormed() ? null : { path, message: 'must be well-formed Unicode' };
}

function queryOf(url: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URL(url).searchParams) {
    const before = query[name];
    query[name] = before === undefined ? value : [before, value].flat();
  }
  return { ...query };
}

/** The body as text; refuses what is too large, not UTF-8, or not announced as JSON. */
async function readBody(request: Request, limitBytes: number): Promise<string> {
  const type = request.headers.get('content-type') ?? '';
  const bytes = await readBytes(request, limitBytes);
  if (bytes.length === 0) return '';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) {
    throw new HttpError(415, 'invalid', 'Send the body as JSON, with the header content-type: application/json.', [
      { path: 'body', message: 'expected application/json' },
    ]);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('invalid', 'The body is not valid UTF-8.', {
      errors: [{ path: 'body', message: 'is not valid UTF-8' }],
    });
  }
}

/** At most `limitBytes` of a request's body; more is refused without reading on. */
async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new HttpError(413, 'invalid', `The body is larger than ${limitBytes} bytes.`, [
      { path: 'body', message: `must be at most ${limitBytes} bytes` },
    ]);
  const bytes = await readAtMost(request, limitBytes);
  if (bytes === null) throw tooLarge();
  return bytes;
}

function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid', 'The body is not valid JSON.', {
      errors: [{ path: 'body', message: 'is not valid JSON' }],
    });
  }
}
