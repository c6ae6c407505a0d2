import type { FieldError } from '#kernel/errors.ts';
import { type IntakeBody, intakeBody } from './contract.ts';

export const MAX_INTAKE_BYTES = 256 * 1024;
/** How much of a payload is kept with the signal; the rest is cut off. */
const KEPT_PAYLOAD_CHARACTERS = 64 * 1024;
const MAX_DEPTH = 32;
const NUL_ESCAPE = '\\u0000';

export type ReadIntake =
  | { readonly ok: true; readonly body: IntakeBody; readonly text: string }
  | { readonly ok: false; readonly message: string; readonly errors: readonly FieldError[] };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads the bytes of `POST /intake/{key}`; a refusal says what is wrong and where. */
export function readIntake(bytes: Uint8Array): ReadIntake {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return refuse([{ path: 'body', message: 'is not valid UTF-8' }]);
  }
  // PostgreSQL stores no NUL in text; a signal is worth more than the character.
  if (text.includes(NUL_ESCAPE)) text = text.replaceAll(NUL_ESCAPE, '\\ufffd');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why =
      text.trim() === ''
        ? 'is empty; expected a JSON object such as {"title": "Disk almost full"}'
        : `is not JSON: ${(error as Error).message.slice(0, 200)}`;
    return refuse([{ path: 'body', message: why }]);
  }
  const parsed = intakeBody.safeParse(value);
  if (!parsed.success) {
    return refuse(
      parsed.error.issues
        .slice(0, 50)
        .map((issue) => ({ path: ['body', ...issue.path.map(String)].join('.'), message: issue.message })),
    );
  }
  if (isTooDeep(parsed.data.details, 0))
    return refuse([{ path: 'body.details', message: `is nested more than ${MAX_DEPTH} levels deep` }]);
  return { ok: true, body: parsed.data, text: text.slice(0, KEPT_PAYLOAD_CHARACTERS).toWellFormed() };
}

/** JSON text that PostgreSQL takes: without halves of surrogate pairs. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value).replace(/\\ud[89a-f][0-9a-f]{2}/gi, '\\ufffd');
}

function isTooDeep(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth >= MAX_DEPTH || Object.values(value).some((inner) => isTooDeep(inner, depth + 1));
}

function refuse(errors: readonly FieldError[]): ReadIntake {
  return {
    ok: false,
    errors,
    message: `The signal was refused: ${errors
      .slice(0, 3)
      .map((e) => `${e.path} ${e.message}`)
      .join('; ')}.`,
  };
}
