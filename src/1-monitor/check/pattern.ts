import { createContext, Script } from 'node:vm';
import { CHECK_LIMITS } from './limits.ts';

/** Patterns are code from people: compiled once, searched under a time limit, so that none can hold up other checks. */

export type PatternOutcome =
  | { readonly ok: true; readonly found: boolean }
  | { readonly ok: false; readonly fault: string };

const MAX_CACHED = 5_000;
const compiled = new Map<string, RegExp | null>();
const sandbox: { pattern: RegExp; text: string } = { pattern: /x/u, text: '' };
const context = createContext(sandbox);
const search = new Script('pattern.test(text)');

/** Why a pattern cannot be used, as the end of a sentence; null when it can. For whoever accepts a monitor. */
function patternFault(source: string): string | null {
  if (source.length > CHECK_LIMITS.patternLength) return `is longer than ${CHECK_LIMITS.patternLength} characters`;
  try {
    RegExp(source, 'u');
    return null;
  } catch (error) {
    return error instanceof Error
      ? `is not valid: ${error.message.replace(/^Invalid regular expression: /, '')}`
      : 'is not valid';
  }
}

/** Searches the first 262,144 characters. Gives up after 25 ms of thinking: that is the pattern's fault, not the target's. */
export function searchPattern(source: string, text: string): PatternOutcome {
  const pattern = compile(source);
  if (pattern === null)
    return { ok: false, fault: `the pattern "${source}" ${patternFault(source) ?? 'is not valid'}` };
  const input = text.slice(0, CHECK_LIMITS.patternInputLength);
  if (isPlain(source)) return { ok: true, found: pattern.test(input) };
  sandbox.pattern = pattern;
  sandbox.text = input;
  try {
    return { ok: true, found: search.runInContext(context, { timeout: CHECK_LIMITS.patternMs }) === true };
  } catch {
    return { ok: false, fault: `the pattern "${source}" took longer than ${CHECK_LIMITS.patternMs} ms; simplify it` };
  } finally {
    sandbox.text = '';
  }
}

/** What a pattern matches in the first 262,144 characters: its first group, or else all of it; null = nothing. */
export function findPattern(
  source: string,
  text: string,
): { readonly ok: true; readonly text: string | null } | { readonly ok: false; readonly fault: string } {
  const searched = searchPattern(source, text);
  if (!searched.ok) return searched;
  // It was found within its time, so it is found again.
  const found = searched.found ? compile(source)?.exec(text.slice(0, CHECK_LIMITS.patternInputLength)) : null;
  return { ok: true, text: found?.[1] ?? found?.[0] ?? null };
}

/** Without repetition a search is linear, and needs no watch. */
function isPlain(source: string): boolean {
  return !/[*+{?]/.test(source);
}

function compile(source: string): RegExp | null {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  if (compiled.size >= MAX_CACHED) compiled.clear();
  const pattern = patternFault(source) === null ? RegExp(source, 'u') : null;
  compiled.set(source, pattern);
  return pattern;
}
