import type { Locator, Page } from 'playwright-core';
import { IN_PAGE, LOCATOR_MAKERS } from './calls.ts';
import type { Link, On } from './messages.ts';

/** What a script sent that no call takes: a fault of the script, or an attempt. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const MAX_LINKS = 20;
const MAX_DEPTH = 24;
const MAKERS: ReadonlySet<string> = new Set(LOCATOR_MAKERS);

type Pages = (page: number) => Page;

/** The locator that a chain leads to. */
export function locatorOf(on: Extract<On, { kind: 'locator' }>, pages: Pages): Locator {
  if (!Array.isArray(on.chain) || on.chain.length === 0 || on.chain.length > MAX_LINKS)
    throw new Refused('a locator has between 1 and 20 parts');
  let place: unknown = pages(on.page);
  for (const [maker, ...args] of on.chain as readonly Link[]) {
    if (typeof maker !== 'string' || !MAKERS.has(maker)) throw new Refused(`${String(maker)} makes no locator`);
    const make: unknown = (place as Record<string, unknown>)[maker];
    if (typeof make !== 'function') throw new Refused(`${maker} cannot stand here in a locator`);
    place = make.apply(
      place,
      args.map((arg) => decodeArgument(arg, 'locator', pages, 0)),
    );
  }
  return place as Locator;
}

/** The value that a script meant. A function is only its text, and only where it runs in the page. */
export function decodeArgument(value: unknown, method: string, pages: Pages, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new Refused('an argument is nested too deeply');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => decodeArgument(item, method, pages, depth + 1));
  const marked = value as { $regex?: unknown; $function?: unknown; $on?: unknown };
  if (Array.isArray(marked.$regex)) return new RegExp(String(marked.$regex[0]), String(marked.$regex[1] ?? ''));
  if (typeof marked.$function === 'string') {
    if (!IN_PAGE.has(method)) throw new Refused(`${method} takes no function in a journey`);
    return textOfFunction(marked.$function);
  }
  if (typeof marked.$on === 'object' && marked.$on !== null) {
    const on = marked.$on as On;
    if (on.kind !== 'locator') throw new Refused(`${method} takes no ${String(on.kind)}`);
    return locatorOf(on, pages);
  }
  const entries = Object.entries(value).filter(([key]) => key !== 'path' && key !== '__proto__');
  return Object.fromEntries(entries.map(([key, item]) => [key, decodeArgument(item, method, pages, depth + 1)]));
}

/** Playwright asks a function for its text and sends that to the page; this one has no other life. */
function textOfFunction(text: string): () => void {
  return Object.assign(() => undefined, { toString: () => text });
}

/** What came as a list; anything else holds nothing. */
export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
