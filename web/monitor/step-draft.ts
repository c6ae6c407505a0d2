import type { ApiOptions, ApiStep } from '#monitor/contract';
import { ApiProblem } from '#client';
import type { Assertion } from './assertion-words.ts';
import { headersFromLines } from './header-lines.ts';

/** A value that a step takes from its answer, as it is typed. */
export type TakenDraft = ApiStep['take'][number];

/** One step as it is typed: headers as lines. `key` stays while steps move. */
export interface StepDraft {
  key: string;
  id: string | undefined;
  name: string;
  method: ApiStep['method'];
  url: string;
  headers: string;
  body: string;
  user: string;
  password: string;
  bearerToken: string;
  maxRedirects: number;
  assertions: Assertion[];
  take: TakenDraft[];
  always: boolean;
}

export interface VariableDraft {
  key: string;
  name: string;
  value: string;
  secret: boolean;
}

let keys = 0;
export function newKey(): string {
  keys += 1;
  return `k${keys}`;
}

export function freshStep(): StepDraft {
  return {
    key: newKey(),
    id: undefined,
    name: '',
    method: 'GET',
    url: '',
    headers: '',
    body: '',
    user: '',
    password: '',
    bearerToken: '',
    maxRedirects: 5,
    assertions: [],
    take: [],
    always: false,
  };
}

/** What is stored as it is typed. */
export function stepDraftsOf({ steps }: ApiOptions): StepDraft[] {
  return steps.map((step) => ({
    key: newKey(),
    id: step.id,
    name: step.name,
    method: step.method,
    url: step.url,
    headers: Object.entries(step.headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    body: step.body ?? '',
    user: step.user ?? '',
    password: step.password ?? '',
    bearerToken: step.bearerToken ?? '',
    maxRedirects: step.maxRedirects,
    assertions: [...step.assertions],
    take: [...step.take],
    always: step.always,
  }));
}

export function variableDraftsOf({ variables }: ApiOptions): VariableDraft[] {
  return variables.map((one) => ({ ...one, key: newKey() }));
}

/** As it is sent; empty texts are none. */
export function stepsOf(drafts: readonly StepDraft[]): ApiStep[] {
  const orNone = (text: string) => (text === '' ? null : text);
  return drafts.map(({ id, name, method, maxRedirects, assertions, take, always, ...step }) => ({
    ...(id === undefined ? {} : { id }),
    name,
    method,
    maxRedirects,
    assertions,
    take,
    always,
    url: step.url.trim(),
    headers: headersFromLines(step.headers) ?? {},
    body: method === 'GET' || method === 'HEAD' ? null : orNone(step.body),
    user: orNone(step.user),
    password: orNone(step.password),
    bearerToken: orNone(step.bearerToken),
  }));
}

export function variablesOf(drafts: readonly VariableDraft[]): ApiOptions['variables'] {
  return drafts.map(({ name, value, secret }) => ({ name: name.trim(), value, secret }));
}

/** A fault that needs no server: a line of headers that is none. */
export function refuseSteps(drafts: readonly StepDraft[]): { steps?: string } {
  const at = drafts.findIndex(({ headers }) => headersFromLines(headers) === undefined);
  return at === -1 ? {} : { steps: `Step ${at + 1}: each line of its headers is “Name: value”` };
}

/** What the server said of each place in the options: `steps.0.url` → sentence. */
function faultsByPlace(problem: unknown): Readonly<Record<string, string>> {
  if (!(problem instanceof ApiProblem)) return {};
  return Object.fromEntries(problem.errors.map(({ path, message }) => [path.replace(/^body\.options\./, ''), message]));
}

/** The first fault of a place or of anything in it. */
export function faultIn(faults: Readonly<Record<string, string>>, place: string): string | undefined {
  return Object.entries(faults).find(([path]) => path === place || path.startsWith(`${place}.`))?.[1];
}

/** With one moved, removed or changed. */
export function moved<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const [item] = list.slice(from, from + 1);
  const rest = list.filter((_, at) => at !== from);
  return item === undefined ? [...list] : [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** What is wrong with the steps, by its place: what saving refused until it is changed, else what trying refused. */
export function stepFaults(
  form: { readonly error: (name: string) => string | undefined; readonly problem: unknown },
  tried: unknown,
): Readonly<Record<string, string>> {
  const own = form.error('steps') ?? form.error('variables');
  if (own === undefined) return faultsByPlace(tried);
  const placed = faultsByPlace(form.problem);
  return Object.keys(placed).length > 0 ? placed : { steps: own };
}
