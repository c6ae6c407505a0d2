import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Ctx } from '#platform/ctx.ts';
import type { ConfigChange, ConfigSection } from './contract.ts';
import type { Entry, Fields } from './entry.ts';
import type { Faults } from './faults.ts';
import type { Here } from './here.ts';
import { isPlainMap } from './read-yaml.ts';

/** What holds while files are compared with what is here. */
export type Scope = {
  readonly ctx: Ctx;
  readonly here: Here;
  readonly faults: Faults;
  /** What a text in the files means: the key of an entry, or the label of what is here. Null, and a fault, when nothing. */
  readonly refer: (entry: Entry, path: readonly string[], section: ConfigSection, text: string) => string | null;
  /** What files call something that is here. */
  readonly labelOf: (id: string) => string;
};

/** While a plan is carried out, everything that it names has an id. */
export type Applying = { readonly ctx: Ctx; readonly idOf: (section: ConfigSection, label: string) => string };

/** What an entry wants, in the same words as what is here is told. */
export type Wanted = {
  readonly name: string;
  readonly state: Fields;
  /** Fields of secrets that would become other ones. */
  readonly secrets: readonly string[];
  /** Makes it, or changes the fields below these roots; answers its id. */
  readonly write: (applying: Applying, roots: ReadonlySet<string>) => Promise<string>;
  /** Once everything is there: first what connects it no more, then what does. */
  readonly cut?: (applying: Applying, id: string) => Promise<void>;
  readonly connect?: (applying: Applying, id: string) => Promise<void>;
};

/** Something that is here. */
export type Thing = {
  readonly id: string;
  readonly name: string;
  /** What its key would be, unless another one is called so. */
  readonly slug: string;
  /** Nothing of it comes any more; leaving it out of the files removes nothing. */
  readonly over: boolean;
  readonly state: (scope: Pick<Scope, 'here' | 'labelOf'>) => Fields;
  /** What an entry would make of it; null when there are faults. */
  readonly read: (entry: Entry, fields: Fields, scope: Scope) => Wanted | null;
  readonly remove: (ctx: Ctx) => Promise<void>;
};

type Issue = { readonly path: readonly string[]; readonly message: string };
export type Parsed =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly issues: readonly Issue[] };

export type Section = {
  readonly name: ConfigSection;
  /** An entry with its defaults filled in, without knowing what is here. */
  readonly parse: (value: Fields, key: string) => Parsed;
  readonly things: (here: Here) => readonly Thing[];
  /** What an entry would make that is not here yet. */
  readonly create: (entry: Entry, fields: Fields, scope: Scope) => Wanted | null;
};

/** Parses by a schema of the wire, and refuses what is none of its fields: a typing mistake must not become a default. */
export function parseFields(schema: z.ZodType, value: Fields, given: Fields = value): Parsed {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    return {
      ok: false,
      issues: parsed.error.issues.map(({ path, message }) => ({ path: path.map(String), message })),
    };
  const unknown = unknownIn(given, parsed.data, []);
  if (unknown.length > 0)
    return {
      ok: false,
      issues: unknown.map((path) => ({ path, message: 'is none of the fields that there are here' })),
    };
  return { ok: true, fields: parsed.data as Fields };
}

/** What a schema let fall. */
function unknownIn(given: unknown, parsed: unknown, path: readonly string[]): string[][] {
  if (Array.isArray(given) && Array.isArray(parsed))
    return given.flatMap((one, index) => unknownIn(one, parsed[index], [...path, String(index)]));
  if (!isPlainMap(given) || !isPlainMap(parsed)) return [];
  return Object.entries(given).flatMap(([name, one]) =>
    Object.hasOwn(parsed, name) ? unknownIn(one, parsed[name], [...path, name]) : [[...path, name]],
  );
}

export const MASKED = '[secret]';

/** What becomes of what, field by field; maps are looked into, lists are one thing. */
export function differences(before: Fields, after: Fields, path: readonly string[] = []): ConfigChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name): ConfigChange[] => {
    const own = [...path, name];
    const from = before[name] ?? null;
    const to = after[name] ?? null;
    if (isDeepStrictEqual(from, to)) return [];
    if (isPlainMap(from) && isPlainMap(to)) return differences(from, to, own);
    const field = own.join('.');
    if (from === MASKED || to === MASKED) return [{ field, secret: true }];
    return [{ field, ...(from === null ? {} : { from }), to, secret: false }];
  });
}

/** The fields of something new, one by one. */
export function fieldsOf(fields: Fields, path: readonly string[] = []): ConfigChange[] {
  return Object.entries(fields).flatMap(([name, to]): ConfigChange[] => {
    const own = [...path, name];
    if (to === null) return [];
    if (isPlainMap(to)) return fieldsOf(to, own);
    const field = own.join('.');
    return [to === MASKED ? { field, secret: true } : { field, to, secret: false }];
  });
}

/** An entry without what its defaults say anyway. */
export function withoutDefaults({ parse }: Pick<Section, 'parse'>, key: string, entry: Fields): Fields {
  const whole = parse(entry, key);
  if (!whole.ok) return entry;
  const isSame = (less: Fields) => {
    const parsed = parse(less, key);
    return parsed.ok && isDeepStrictEqual(parsed.fields, whole.fields);
  };
  let kept = entry;
  for (const [name, value] of Object.entries(entry)) {
    const { [name]: _gone, ...rest } = kept;
    if (isSame(rest)) kept = rest;
    else if (isPlainMap(value)) {
      let inner: Fields = value;
      for (const part of Object.keys(value)) {
        const { [part]: _dropped, ...less } = inner;
        if (isSame({ ...kept, [name]: less })) inner = less;
      }
      kept = { ...kept, [name]: inner };
    }
  }
  return kept;
}

/** The parts of an entry that stand below some roots. */
export function below<Whole extends Fields>(whole: Whole, roots: ReadonlySet<string>): Partial<Whole> {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => roots.has(name))) as Partial<Whole>;
}
