/** Text with places for values: `/orders/{{id}}`. Pure, safe for the browser. */

/** What a value may be called. */
export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;
const PLACEHOLDER = /\{\{\s*(\$?[A-Za-z_][A-Za-z0-9_]{0,39})\s*\}\}/g;

/** Made anew for each run, without being defined: a UUID, seconds since 1970, a number from 0 to 999,999. */
export const MADE_VALUES = ['$uuid', '$timestamp', '$random'] as const;

/** The names that a text has places for, each once. */
export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

/** As it may look when values stand in it, for judging its form. */
export function withoutPlaceholders(text: string): string {
  return text.replace(PLACEHOLDER, '1');
}

/** Something that looks like a place and is none: `{{order id}}`. */
export function strangePlaceholder(text: string): string | null {
  return /\{\{[^{}]*\}\}/.exec(text.replace(PLACEHOLDER, ''))?.[0] ?? null;
}

/** `put` says what stands in the place of a name; `before` is the template up to it. */
export function fillTemplate(text: string, put: (name: string, before: string) => string): string {
  return text.replace(PLACEHOLDER, (_, name: string, at: number) => put(name, text.slice(0, at)));
}

/** Whether a text has places for values at all. */
export function isTemplate(text: string): boolean {
  return placeholdersIn(text).length > 0;
}
