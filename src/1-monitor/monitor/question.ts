import { isSecretHeader } from '../check/secret-header.ts';
import type { Assertion, CheckMethod } from '../check/spec.ts';
import { HTTP_SECRETS } from '../kind/http.ts';
import { api } from '../kind/api.ts';
import { joinApi, splitApi } from '../kind/api-secrets.ts';
import { parseOptions, PROTOCOL_KINDS, type ProtocolKind } from '../kind/kinds.ts';

/** What a monitor asks, apart from where and how often. Where it is not HTTP, all but `options` is neutral. */
export type Question = {
  readonly method: CheckMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly maxRedirects: number;
  readonly assertions: readonly Assertion[];
  readonly degradedAboveMs: number | null;
  readonly tls: {
    readonly skipVerification: boolean;
    readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
    readonly caPem: string | null;
  };
  readonly options?: Options;
};

type Options = Readonly<Record<string, unknown>>;

/** What stands in the fields of HTTP where nothing of it is asked. */
const NO_HTTP = {
  method: 'GET',
  headers: {},
  body: null,
  maxRedirects: 0,
  tls: { skipVerification: false, minVersion: 'TLSv1.2', caPem: null },
} as const;

/** What is told to us asks nothing; the row's fields for it stand empty. */
export const NO_QUESTION: Question = { ...NO_HTTP, assertions: [], degradedAboveMs: null };

const MASKED = '[secret]';

/** The options of a kind that are secret, or hold secrets by name. */
type SecretNames = { readonly secrets: readonly string[]; readonly secretRecords?: readonly string[] };

type Headers = Readonly<Record<string, string>>;

/** As it is stored and shown: what is secret stands sealed beside it. */
export type Sealable = { readonly question: Question; readonly secrets: Headers };

/** What somebody wants asked, split into what may be shown and what is stored sealed. */
export function splitQuestion(wanted: Wanted): Sealable {
  const { assertions, degradedAboveMs } = wanted;
  if (wanted.kind !== 'http') {
    const { secrets: names, secretRecords = [] }: SecretNames = PROTOCOL_KINDS[wanted.kind];
    const { shown, secrets } =
      wanted.kind === 'api'
        ? splitApi(api.options.parse(wanted.options))
        : splitOptions(wanted.options, names, secretRecords);
    return { question: { ...NO_HTTP, assertions, degradedAboveMs, options: shown }, secrets };
  }
  const { method, body, maxRedirects, tls } = wanted;
  const headers = splitSecrets(wanted.headers);
  const options = splitOptions(wanted.options, HTTP_SECRETS);
  return {
    question: {
      method,
      headers: headers.shown,
      body,
      maxRedirects,
      assertions,
      degradedAboveMs,
      tls,
      options: options.shown,
    },
    secrets: { ...headers.secrets, ...prefixed(options.secrets) },
  };
}

/** No header has a colon in its name, so the two never meet. */
const OPTION = 'option:';

function prefixed(secrets: Headers): Headers {
  return Object.fromEntries(Object.entries(secrets).map(([name, value]) => [OPTION + name, value]));
}

/** The secret options of an HTTP monitor among all of its secrets. */
export function optionSecrets(secrets: Headers): Headers {
  const own = Object.entries(secrets).filter(([name]) => name.startsWith(OPTION));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(OPTION.length), value]));
}

type Wanted =
  | (Omit<Question, 'options'> & { readonly kind: 'http'; readonly options: Options })
  | (Pick<Question, 'assertions' | 'degradedAboveMs'> & { readonly kind: ProtocolKind; readonly options: Options });

/** Splits headers into what may be shown and what is stored sealed. */
function splitSecrets(headers: Headers): { readonly shown: Headers; readonly secrets: Headers } {
  const secret = Object.entries(headers).filter(([name]) => isSecretHeader(name));
  return {
    shown: { ...headers, ...Object.fromEntries(secret.map(([name]) => [name, MASKED])) },
    secrets: Object.fromEntries(secret),
  };
}

/** The names of headers that would keep their stored value. */
export function keptSecrets(shown: Options, secrets: Headers): string[] {
  const known = new Set(Object.keys(secrets).map((name) => name.toLowerCase()));
  return Object.entries(shown).flatMap(([name, value]) => {
    const inside = isRecord(value) ? Object.keys(value).filter((key) => value[key] === MASKED) : [];
    const names = value === MASKED ? [name] : inside.map((key) => withinRecord(name, key));
    return names.filter((one) => known.has(one.toLowerCase()));
  });
}

/** The headers as they are sent. A masked value without a stored secret is left out. */
export function joinSecrets(shown: Headers, secrets: Headers): Headers {
  const known = new Map(Object.entries(secrets).map(([name, value]) => [name.toLowerCase(), value]));
  const whole = Object.entries(shown).flatMap(([name, value]) => {
    if (value !== MASKED) return [[name, value] as const];
    const secret = known.get(name.toLowerCase());
    return secret === undefined ? [] : [[name, secret] as const];
  });
  return Object.fromEntries(whole);
}

/** The options of a kind as it is asked with them, secrets put back. Throws when they are none of the kind's. */
export function wholeOptions(kind: ProtocolKind, shown: Options, secrets: Headers) {
  return kind === 'api'
    ? parseOptions(kind, joinApi(api.options.parse(shown), secrets))
    : parseOptions(kind, joinOptions(shown, secrets));
}

/** Splits the options of a kind into what may be shown and what is stored sealed. */
function splitOptions(
  options: Options,
  secretNames: readonly string[],
  recordNames: readonly string[] = [],
): { readonly shown: Options; readonly secrets: Headers } {
  const secret = Object.entries(options).flatMap(([name, value]) =>
    secretNames.includes(name) && typeof value === 'string' && value !== '' ? [[name, value] as const] : [],
  );
  const records = recordNames.flatMap((name) => {
    const value = options[name];
    return isRecord(value) ? [[name, value] as const] : [];
  });
  const masked = records.map(([name, value]) => [
    name,
    Object.fromEntries(Object.keys(value).map((key) => [key, MASKED])),
  ]);
  return {
    shown: {
      ...options,
      ...Object.fromEntries(secret.map(([name]) => [name, MASKED])),
      ...Object.fromEntries(masked),
    },
    secrets: Object.fromEntries([
      ...secret,
      ...records.flatMap(([name, value]) =>
        Object.entries(value).map(([key, one]) => [withinRecord(name, key), String(one)] as const),
      ),
    ]),
  };
}

/** The options as they are asked with; a masked value without a stored secret is none. */
export function joinOptions(shown: Options, secrets: Headers): Options {
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => {
      if (value === MASKED) return [name, secrets[name] ?? null];
      return [name, isRecord(value) ? joinRecord(name, value, secrets) : value];
    }),
  );
}

function joinRecord(name: string, record: Options, secrets: Headers): Options {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => {
      if (value !== MASKED) return [[key, value] as const];
      const secret = secrets[withinRecord(name, key)];
      return secret === undefined ? [] : [[key, secret] as const];
    }),
  );
}

/** What a secret of a record is sealed as; no option has a dot in its name. */
function withinRecord(name: string, key: string): string {
  return `${name}.${key}`;
}

function isRecord(value: unknown): value is Options {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
