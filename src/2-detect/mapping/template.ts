import { missingAt, parsePath, type Path, type Read, readPath, showPath } from './path.ts';

/** Plain text, or paths of which the first that leads to something is taken. */
type Part = { readonly text: string } | { readonly paths: readonly Path[] };

/** What a field is made of: one path, a text in quotes, or a text with `{{paths}}` in it. */
export type Template = readonly Part[];

/** What a template came to; `missing` says what was not there. An empty text is null. */
export type Rendered = { readonly text: string | null; readonly missing: readonly string[] };

const MAX_ALTERNATIVES = 8;
const MAX_PARTS = 40;
const MAX_JSON_CHARACTERS = 2_000;
/** The longest text that a template makes. */
const MAX_TEXT = 20_000;

/**
 * Reads a template: `$.alert.name` (a path), `{{host}} {{check}}` (paths in a text), `{{a | b}}` (the first of several
 * that is there), `"Backup"` (always this text).
 */
export function parseTemplate(source: string): Read<Template> {
  const text = source.trim();
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  if (quoted) return { ok: true, value: [{ text: quoted[2] ?? '' }] };
  if (!text.includes('{{')) return parseChoice(text);
  const parts: Part[] = [];
  let at = 0;
  for (const { 0: whole, 1: inner = '', index } of text.matchAll(/\{\{([^{}]*)\}\}/g)) {
    if (index > at) parts.push({ text: text.slice(at, index) });
    const choice = parseChoice(inner);
    if (!choice.ok) return choice;
    parts.push(...choice.value);
    at = index + whole.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  if (parts.some((part) => 'text' in part && part.text.includes('{{')))
    return { ok: false, message: 'has {{ without }}; write {{a.path}}' };
  if (parts.length > MAX_PARTS) return { ok: false, message: `has more than ${MAX_PARTS} parts` };
  return { ok: true, value: parts };
}

function parseChoice(text: string): Read<Template> {
  const alternatives = text.split('|');
  if (alternatives.length > MAX_ALTERNATIVES)
    return { ok: false, message: `has more than ${MAX_ALTERNATIVES} alternatives` };
  const paths: Path[] = [];
  for (const one of alternatives) {
    if (one.trim() === '') return { ok: false, message: 'has an empty path; write one such as $.alert.name' };
    const path = parsePath(one);
    if (!path.ok) return path;
    paths.push(path.value);
  }
  return { ok: true, value: [{ paths }] };
}

/** Fills a template from a payload. */
export function render(template: Template, value: unknown): Rendered {
  const missing: string[] = [];
  let text = '';
  for (const part of template) {
    if ('text' in part) text += part.text;
    else {
      const found = part.paths.map((path) => asText(readPath(value, path))).find((one) => one !== null);
      if (found === undefined) missing.push(whatIsMissing(part.paths, value));
      else text += found;
    }
    if (text.length > MAX_TEXT) break;
  }
  // Paths that led nowhere leave no text behind worth having: "on" of "{{host}} on {{site}}" is nothing.
  const paths = template.filter((part) => 'paths' in part).length;
  const empty = text.trim() === '' || (paths > 0 && missing.length === paths);
  return { text: empty ? null : text.trim().slice(0, MAX_TEXT), missing };
}

function whatIsMissing(paths: readonly Path[], value: unknown): string {
  const [only] = paths;
  if (paths.length === 1 && only)
    return readPath(value, only) === undefined ? `there is no ${missingAt(value, only)}` : `${showPath(only)} is empty`;
  return `there is none of ${paths.map(showPath).join(', ')}`;
}

/** Text of what a path leads to; null for nothing, and for an empty text. Lists of plain values are joined by commas. */
function asText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return value.length === 0 ? null : value.join(', ').slice(0, MAX_TEXT);
  return JSON.stringify(value).slice(0, MAX_JSON_CHARACTERS);
}
