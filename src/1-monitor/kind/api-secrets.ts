import { isSecretHeader } from '../check/secret-header.ts';
import type { ApiOptions, ApiStep } from './api.ts';

/**
 * The secrets of a check in steps stand deep in its options. Sealed, each has a key that stays when steps move: the name of
 * its variable, or the id of its step and what it is there.
 */
type Secrets = Readonly<Record<string, string>>;

const MASKED = '[secret]';
/** Nothing but the place of a value: what will stand there is kept, and masked, where it comes from. */
const ONLY_PLACE = /^\s*(?:(?:Bearer|Basic|Token)\s+)?\{\{\s*\$?\w+\s*\}\}\s*$/i;

/** Splits the options into what may be shown and what is stored sealed. Every step has its id by now. */
export function splitApi(options: ApiOptions): { readonly shown: ApiOptions; readonly secrets: Secrets } {
  const secrets: Record<string, string> = {};
  const shown = mapSecrets(options, (key, value) => {
    if (value === '' || ONLY_PLACE.test(value)) return value;
    secrets[key] = value;
    return MASKED;
  });
  return { shown, secrets };
}

/** The options as they are asked with. A masked value of which nothing is stored is none. */
export function joinApi(shown: ApiOptions, secrets: Secrets): ApiOptions {
  return mapSecrets(shown, (key, value) => (value === MASKED ? (secrets[key] ?? null) : value));
}

/** The keys whose stored values would be used again. */
export function keptInApi(shown: ApiOptions, secrets: Secrets): string[] {
  const kept: string[] = [];
  mapSecrets(shown, (key, value) => {
    if (value === MASKED && Object.hasOwn(secrets, key)) kept.push(key);
    return value;
  });
  return kept;
}

/** Where, in the options, a value is masked of which nothing is stored: `steps.2.password`. */
export function unknownInApi(shown: ApiOptions, secrets: Secrets): string[] {
  const unknown: string[] = [];
  const look = (path: string) => (key: string, value: string) => {
    if (value === MASKED && !Object.hasOwn(secrets, key)) unknown.push(path === '' ? key : path);
    return value;
  };
  const none = { ...shown, clientKeyPem: null, proxyPassword: null, variables: [], steps: [] };
  mapSecrets({ ...shown, variables: [], steps: [] }, look(''));
  shown.variables.forEach((one, at) => mapSecrets({ ...none, variables: [one] }, look(`variables.${at}.value`)));
  shown.steps.forEach((step, at) =>
    mapStep(step, (key, value) =>
      look(`steps.${at}.${key.includes(':header:') ? 'headers' : key.split(':')[1]}`)(key, value),
    ),
  );
  return unknown;
}

type Change = (key: string, value: string) => string | null;

/** Every place that may hold a secret, changed. A header or variable without a value is an empty one. */
function mapSecrets(options: ApiOptions, change: Change): ApiOptions {
  const own = (name: 'clientKeyPem' | 'proxyPassword') => {
    const value = options[name];
    return value === null ? null : change(name, value);
  };
  return {
    ...options,
    clientKeyPem: own('clientKeyPem'),
    proxyPassword: own('proxyPassword'),
    variables: options.variables.map((one) =>
      one.secret ? { ...one, value: change(`variable:${one.name}`, one.value) ?? '' } : one,
    ),
    steps: options.steps.map((step) => mapStep(step, change)),
  };
}

function mapStep(step: ApiStep, change: Change): ApiStep {
  const id = step.id ?? '';
  const each = (what: 'password' | 'bearerToken') => {
    const value = step[what];
    return value === null ? null : change(`${id}:${what}`, value);
  };
  const headers = Object.entries(step.headers).map(([name, value]) =>
    isSecretHeader(name) ? ([name, change(`${id}:header:${name.toLowerCase()}`, value) ?? ''] as const) : [name, value],
  );
  return {
    ...step,
    headers: Object.fromEntries(headers) as Record<string, string>,
    password: each('password'),
    bearerToken: each('bearerToken'),
  };
}
