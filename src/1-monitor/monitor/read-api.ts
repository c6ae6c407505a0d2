import { invalid } from '#kernel/errors.ts';
import { parseTarget } from '../check/target.ts';
import { addressOf } from '../kind/api-address.ts';
import type { ApiOptions, ApiStep } from '../kind/api.ts';
import { joinApi, unknownInApi } from '../kind/api-secrets.ts';
import { fillTemplate, MADE_VALUES, placeholdersIn, strangePlaceholder } from '../kind/template.ts';
import { addressIn, refuseForbidden } from './target.ts';

type Secrets = Readonly<Record<string, string>>;

/**
 * Steps as they are asked, each with an id, secrets put back. Refuses, by the field, a place for a value that nothing gives,
 * and whom the workspace has not allowed to be reached; `allowedTargets` null = it is not asked from here.
 */
export function readApi(
  given: ApiOptions,
  { url, allowedTargets, stored }: { url: string; allowedTargets: readonly string[] | null; stored: Secrets },
): ApiOptions {
  const named = { ...given, steps: withIds(given.steps) };
  const [unknown] = unknownInApi(named, stored);
  if (unknown !== undefined)
    throw invalid(`body.options.${unknown}`, 'is masked, and no value of it is stored: enter it');
  const options = joinApi(named, stored);
  refuseTwice(options.variables.map(({ name }) => name));
  refuseUnknownPlaces(options);
  options.steps.forEach((step, at) => refuseAddress(step, options, at, url, allowedTargets));
  return options;
}

/** Where the requests go that can be known before they are made; null among them: an answer says where. */
export function placesOf(url: string, options: ApiOptions): ReadonlySet<string | null> {
  return new Set([
    originOf(url),
    ...options.steps.map((step) => {
      const address = knownAddress(step, options, url);
      return address === null ? null : originOf(address);
    }),
  ]);
}

function originOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? url : `${parsed.protocol}//${parsed.host}`;
}

/** Each keeps its own; one that is used twice, or that has none, gets the first that is free. */
function withIds(steps: readonly ApiStep[]): ApiStep[] {
  const taken = new Set<string>();
  const kept = steps.map((step) => {
    const id = step.id === undefined || taken.has(step.id) ? null : step.id;
    if (id !== null) taken.add(id);
    return id;
  });
  let next = 0;
  return steps.map((step, at) => {
    let id = kept[at] ?? null;
    while (id === null) {
      next += 1;
      if (!taken.has(`s${next}`)) id = `s${next}`;
    }
    taken.add(id);
    return { ...step, id };
  });
}

function refuseTwice(names: readonly string[]): void {
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (twice !== -1) throw invalid(`body.options.variables.${twice}.name`, 'is the name of another variable');
}

function refuseUnknownPlaces({ variables, steps }: ApiOptions): void {
  const known = new Set<string>([...MADE_VALUES, ...variables.map(({ name }) => name)]);
  steps.forEach((step, at) => {
    for (const [field, text] of textsOf(step)) {
      const path = `body.options.steps.${at}.${field}`;
      const strange = strangePlaceholder(text);
      if (strange !== null) throw invalid(path, `${strange} is no name of a value: use letters, digits and _`);
      const missing = placeholdersIn(text).find((name) => !known.has(name));
      if (missing === undefined) continue;
      const what = missing.startsWith('$')
        ? `there is ${MADE_VALUES.map((name) => `{{${name}}}`).join(', ')}`
        : 'define a variable of that name, or take it in an earlier step';
      throw invalid(path, `nothing gives {{${missing}}} a value here: ${what}`);
    }
    for (const { name } of step.take) known.add(name);
  });
}

/** Every text of a step that may have places for values, by its field. */
function textsOf(step: ApiStep): (readonly [field: string, text: string])[] {
  const single = (['url', 'body', 'user', 'password', 'bearerToken'] as const).flatMap((field) => {
    const text = step[field];
    return text === null ? [] : [[field, text] as const];
  });
  const headers = Object.values(step.headers).map((value) => ['headers', value] as const);
  const assertions = step.assertions.flatMap((one, at) => [
    ...('value' in one ? [[`assertions.${at}.value`, one.value] as const] : []),
    ...('path' in one ? [[`assertions.${at}.path`, one.path] as const] : []),
  ]);
  return [...single, ...headers, ...assertions];
}

function refuseAddress(
  step: ApiStep,
  options: ApiOptions,
  at: number,
  url: string,
  allowedTargets: readonly string[] | null,
): void {
  const path = `body.options.steps.${at}.url`;
  const host = /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*/i.exec(step.url)?.[0] ?? '';
  const open = placeholdersIn(host).find((name) => constantOf(name, options) === null);
  if (open !== undefined)
    throw invalid(path, `{{${open}}} stands in the host: take the whole address, and begin with it`);
  const address = knownAddress(step, options, url);
  if (address === null) return;
  const parsed = parseTarget(address);
  if (!parsed.ok) throw invalid(path, parsed.fault);
  const { host: name, isAddress } = parsed.target;
  if (allowedTargets !== null)
    refuseForbidden({ host: name, address: addressIn(name, isAddress) }, allowedTargets, path);
}

/** The address of a step as far as it is known now; null when a value that is taken begins it. */
function knownAddress(step: ApiStep, options: ApiOptions, url: string): string | null {
  const base = URL.parse(url);
  const [first] = /^\{\{[^{}]*\}\}/.exec(step.url) ?? [];
  const begins = first === undefined ? undefined : placeholdersIn(first)[0];
  if (base === null || (begins !== undefined && constantOf(begins, options) === null)) return null;
  const filled = fillTemplate(step.url, (name, before) => {
    const value = constantOf(name, options) ?? '1';
    return before === '' ? value : encodeURIComponent(value);
  });
  return addressOf(filled, base);
}

/** The value of a variable that everybody may read and that no answer changes. */
function constantOf(name: string, { variables, steps }: ApiOptions): string | null {
  if (steps.some(({ take }) => take.some((one) => one.name === name))) return null;
  return variables.find((one) => one.name === name && !one.secret)?.value ?? null;
}
