import type { ZodError } from 'zod';
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

export type ReadJson =
  | { readonly ok: true; readonly value: unknown; readonly text: string }
  | { readonly ok: false; readonly message: string; readonly errors: readonly FieldError[] };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads bytes as JSON text; a refusal says why they are none. */
export function readJson(bytes: Uint8Array): ReadJson {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return refuseSignal([{ path: 'body', message: 'is not valid UTF-8' }]);
  }
  // PostgreSQL stores no NUL in text; a signal is worth more than the character.
  if (text.includes(NUL_ESCAPE)) text = text.replaceAll(NUL_ESCAPE, '\\ufffd');
  try {
    return { ok: true, value: JSON.parse(text), text };
  } catch (error) {
    const why =
      text.trim() === ''
        ? 'is empty; expected a JSON object such as {"title": "Disk almost full"}'
        : `is not JSON: ${(error as Error).message.slice(0, 200)}`;
    return refuseSignal([{ path: 'body', message: why }]);
  }
}

/** The same for a format of another tool: also refuses what is nested too deep to be stored. */
export function readShallowJson(bytes: Uint8Array): ReadJson {
  const read = readJson(bytes);
  if (read.ok && isTooDeep(read.value))
    return refuseSignal([{ path: 'body', message: `is nested more than ${MAX_DEPTH} levels deep` }]);
  return read;
}

/** Reads the bytes of `POST /intake/{key}`; a refusal says what is wrong and where. */
export function readIntake(bytes: Uint8Array): ReadIntake {
  const read = readJson(bytes);
  if (!read.ok) return read;
  const parsed = intakeBody.safeParse(read.value);
  if (!parsed.success) return refuseSignal(fieldErrorsOf(parsed.error));
  if (isTooDeep(parsed.data.details))
    return refuseSignal([{ path: 'body.details', message: `is nested more than ${MAX_DEPTH} levels deep` }]);
  return { ok: true, body: parsed.data, text: read.text };
}

/** What a schema found wrong with a body, as fields. */
export function fieldErrorsOf({ issues }: ZodError): FieldError[] {
  return issues
    .slice(0, 50)
    .map((issue) => ({ path: ['body', ...issue.path.map(String)].join('.'), message: issue.message }));
}

/** What is kept of a payload with its signal. */
export function keptPayload(text: string): string {
  return text.slice(0, KEPT_PAYLOAD_CHARACTERS).toWellFormed();
}

/** JSON text that PostgreSQL takes: without halves of surrogate pairs. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value).replace(/\\ud[89a-f][0-9a-f]{2}/gi, '\\ufffd');
}

/** Whether a value is nested deeper than anything that is stored. */
function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth >= MAX_DEPTH || Object.values(value).some((inner) => isTooDeep(inner, depth + 1));
}

/** A refusal that names its faults, the first three in the sentence. */
export function refuseSignal(errors: readonly FieldError[]): Extract<ReadIntake, { ok: false }> {
  return {
    ok: false,
    errors,
    message: `The signal was refused: ${errors
      .slice(0, 3)
      .map((e) => `${e.path} ${e.message}`)
      .join('; ')}.`,
  };
}
