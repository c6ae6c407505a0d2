import { isSecretHeader } from '../check/secret-header.ts';
import type { Assertion, CheckMethod } from '../check/spec.ts';

/** What an HTTP monitor asks, apart from where and how often. */
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
};

const MASKED = '[secret]';

type Headers = Readonly<Record<string, string>>;

/** Splits headers into what may be shown and what is stored sealed. */
export function splitSecrets(headers: Headers): { readonly shown: Headers; readonly secrets: Headers } {
  const secret = Object.entries(headers).filter(([name]) => isSecretHeader(name));
  return {
    shown: { ...headers, ...Object.fromEntries(secret.map(([name]) => [name, MASKED])) },
    secrets: Object.fromEntries(secret),
  };
}

/** The names of headers that would keep their stored value. */
export function keptSecrets(shown: Headers, secrets: Headers): string[] {
  const known = new Set(Object.keys(secrets).map((name) => name.toLowerCase()));
  return Object.keys(shown).filter((name) => shown[name] === MASKED && known.has(name.toLowerCase()));
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
