import { type ApiOptions, type editMonitorBody, isAsked, type Monitor, type MonitorKind } from '#monitor/contract';
import type { z } from 'zod';
import type { Assertion } from './assertion-words.ts';
import { headersFromLines } from './header-lines.ts';
import { methods } from './methods.ts';
import {
  type StepDraft,
  stepDraftsOf,
  stepsOf,
  type VariableDraft,
  variableDraftsOf,
  variablesOf,
} from './step-draft.ts';
import { roadFields, signInFields } from './common-options.ts';
import { kindWords } from './kind-words.ts';
import { type OptionDraft, optionDraftOf, type OptionField, optionsOf } from './option-field.ts';

type EditBody = z.input<typeof editMonitorBody>;

/** A monitor that asks, as it is typed: numbers as text, headers as lines. */
export interface AskingDraft {
  name: string;
  serviceId: string;
  tags: string;
  group: string;
  url: string;
  method: string;
  headers: string;
  body: string;
  assertions: Assertion[];
  intervalSeconds: string;
  timeoutSeconds: string;
  degradedAboveMs: string;
  failures: string;
  recoveries: string;
  maxRedirects: string;
  skipVerification: boolean;
  caPem: string;
  minVersion: 'TLSv1.2' | 'TLSv1.3';
  /** Of its kind. */
  options: OptionDraft;
  /** Of a check in steps; none for other kinds. */
  steps: StepDraft[];
  variables: VariableDraft[];
  places: string[];
  /** How many of them must agree; empty = more than half. */
  needed: string;
}

export function askingDraftOf(monitor: Monitor): AskingDraft {
  return {
    name: monitor.name,
    serviceId: monitor.serviceId,
    tags: monitor.tags.join(', '),
    group: monitor.group ?? '',
    url: monitor.url ?? '',
    method: monitor.method ?? 'GET',
    headers: Object.entries(monitor.headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    body: monitor.body ?? '',
    assertions: monitor.assertions,
    intervalSeconds: String(monitor.intervalSeconds),
    timeoutSeconds: String(monitor.timeoutSeconds),
    degradedAboveMs: monitor.degradedAboveMs === null ? '' : String(monitor.degradedAboveMs),
    failures: String(monitor.confirm.failures),
    recoveries: String(monitor.confirm.recoveries),
    maxRedirects: String(monitor.maxRedirects),
    skipVerification: monitor.tls?.skipVerification ?? false,
    caPem: monitor.tls?.caPem ?? '',
    minVersion: monitor.tls?.minVersion === 'TLSv1.3' ? 'TLSv1.3' : 'TLSv1.2',
    ...stepsDraftOf(monitor),
    options: optionDraftOf(fieldsOf(monitor.kind), monitor.options ?? {}),
    places: monitor.locations.length === 0 ? ['home'] : monitor.locations.map(({ id }) => id),
    needed: monitor.confirm.locations === null ? '' : String(monitor.confirm.locations),
  };
}

function stepsDraftOf({ kind, options }: Monitor): Pick<AskingDraft, 'steps' | 'variables'> {
  if (kind !== 'api' || options === null) return { steps: [], variables: [] };
  // The contract says that options are of the monitor's kind.
  const api = options as unknown as ApiOptions;
  return { steps: stepDraftsOf(api), variables: variableDraftsOf(api) };
}

/** `eu, shop` as a list. */
function tagsOf(text: string): string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** How sure one wants to be, as it is sent. */
export function confirmOf({ failures, recoveries, needed }: AskingDraft) {
  return {
    failures: Number(failures),
    recoveries: Number(recoveries),
    locations: needed.trim() === '' ? null : Number(needed),
  };
}

/** The options that a kind has. */
export function fieldsOf(kind: MonitorKind): readonly OptionField[] {
  if (!isAsked(kind)) return [];
  return kind === 'http' ? [...signInFields, ...roadFields] : kindWords[kind].fields;
}

export function editBodyOf(draft: AskingDraft, kind: MonitorKind): EditBody {
  return {
    name: draft.name,
    serviceId: draft.serviceId,
    tags: tagsOf(draft.tags),
    group: draft.group.trim() === '' ? null : draft.group,
    url: draft.url.trim(),
    assertions: draft.assertions,
    intervalSeconds: Number(draft.intervalSeconds),
    timeoutSeconds: Number(draft.timeoutSeconds),
    degradedAboveMs: draft.degradedAboveMs.trim() === '' ? null : Number(draft.degradedAboveMs),
    confirm: confirmOf(draft),
    locations: draft.places as NonNullable<EditBody['locations']>,
    ...(kind === 'http' ? requestOf(draft) : {}),
    options: {
      ...optionsOf(fieldsOf(kind), draft.options),
      ...(kind === 'api' ? { steps: stepsOf(draft.steps), variables: variablesOf(draft.variables) } : {}),
    },
  };
}

/** What somebody changed, and nothing else: what others have changed meanwhile stays. */
export function changesOf(before: AskingDraft, after: AskingDraft, kind: MonitorKind): EditBody {
  const old: Record<string, unknown> = editBodyOf(before, kind);
  const isOther = ([name, value]: [string, unknown]) => JSON.stringify(value) !== JSON.stringify(old[name]);
  return Object.fromEntries(Object.entries(editBodyOf(after, kind)).filter(isOther));
}

/** What is no number where one is needed, and what would be taken for nothing where nothing is allowed. */
export function refuseNumbers(draft: AskingDraft): Partial<Record<keyof AskingDraft, string>> {
  const { degradedAboveMs, needed } = draft;
  const isNumber = (text: string) => /^\s*\d*\s*$/.test(text);
  const wanted = ['intervalSeconds', 'timeoutSeconds', 'failures', 'recoveries', 'maxRedirects'] as const;
  const missing = wanted.filter((name) => draft[name].trim() === '' || Number.isNaN(Number(draft[name])));
  return {
    ...Object.fromEntries(missing.map((name) => [name, 'Give a number'])),
    ...(isNumber(degradedAboveMs) ? {} : { degradedAboveMs: 'A number of milliseconds, or nothing' }),
    ...(isNumber(needed) ? {} : { needed: 'A number of places, or nothing' }),
  };
}

function requestOf(draft: AskingDraft): EditBody {
  const method = methods.find((one) => one === draft.method) ?? 'GET';
  return {
    method,
    headers: headersFromLines(draft.headers) ?? {},
    body: draft.body === '' || method === 'GET' || method === 'HEAD' ? null : draft.body,
    maxRedirects: Number(draft.maxRedirects),
    tls: {
      skipVerification: draft.skipVerification,
      minVersion: draft.minVersion,
      caPem: draft.caPem.trim() === '' ? null : draft.caPem,
    },
  };
}
