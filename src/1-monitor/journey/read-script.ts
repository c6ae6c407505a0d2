import { stripTypeScriptTypes } from 'node:module';
import vm from 'node:vm';
import { withoutImports } from './imports.ts';

export type ReadScript =
  /** As the script's process compiles it, line for line. */
  { readonly ok: true; readonly source: string } | { readonly ok: false; readonly fault: string };

/**
 * Reads what somebody wrote: plain calls, or a whole Playwright test, in JavaScript or TypeScript. Runs nothing of it.
 * Says the line of what cannot be read.
 */
export function readScript(text: string): ReadScript {
  const imported = withoutImports(text);
  if (!imported.ok) return imported;
  const lines = text.split('\n').length;
  const plain = wrap(imported.source);
  const first = compile(plain, lines);
  if (first === null) return { ok: true, source: plain };
  let stripped: string;
  try {
    stripped = wrap(stripTypeScriptTypes(imported.source));
  } catch {
    return { ok: false, fault: first };
  }
  const second = compile(stripped, lines);
  return second === null ? { ok: true, source: stripped } : { ok: false, fault: second };
}

/** On the script's own first line, so that every line keeps its number. */
function wrap(source: string): string {
  return `globalThis.journey = async () => { 'use strict'; ${source}\n};`;
}

/** What is wrong with it, and where; null when nothing is. */
function compile(source: string, lines: number): string | null {
  try {
    return new vm.Script(source, { filename: 'journey.js' }) instanceof vm.Script ? null : 'it cannot be read';
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    const line = /journey\.js:(\d+)/.exec(stack)?.[1];
    const message = error instanceof Error ? error.message : String(error);
    if (line === undefined) return message;
    // What is missing at the end is noticed in the line that we add.
    return Number(line) > lines ? `at the end: ${message}` : `line ${line}: ${message}`;
  }
}
