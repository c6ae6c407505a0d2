import { createHash } from 'node:crypto';
import type { SignalSeverity } from '../alert/contract.ts';
import { type IntakeBody, intakeBody } from '../signal/contract.ts';
import type { FieldOutcome, Mapping } from './contract.ts';
import { parseTemplate, render, type Template } from './template.ts';

/** A mapping whose templates are read, ready for many payloads. */
export type CompiledMapping = {
  readonly title: Template;
  readonly dedupKey: Template | null;
  readonly status: {
    readonly from: Template;
    readonly values: ReadonlyMap<string, Outcome>;
    readonly otherwise: Outcome;
  } | null;
  readonly severity: {
    readonly from: Template;
    readonly values: ReadonlyMap<string, SignalSeverity>;
    readonly otherwise: SignalSeverity;
  } | null;
  readonly source: Template | null;
  readonly url: Template | null;
  readonly labels: readonly (readonly [string, Template])[];
};

type Outcome = 'firing' | 'resolved' | 'ignored';

export type Mapped = {
  readonly fields: readonly FieldOutcome[];
} & (
  | { readonly outcome: 'firing' | 'resolved'; readonly body: IntakeBody }
  | { readonly outcome: 'ignored'; readonly why: string }
  | { readonly outcome: 'refused'; readonly errors: readonly { readonly path: string; readonly message: string }[] }
);

const NAMES: Readonly<Record<string, string>> = { title: 'title', dedupKey: 'key' };
const MAX_TITLE = 500;
const MAX_KEY = 500;
const MAX_LABEL = 1_000;
const MAX_SOURCE = 200;

/** Reads the templates of a mapping that passed its schema. */
export function compileMapping(mapping: Mapping): CompiledMapping {
  const { status, severity } = mapping;
  return {
    title: compiled(mapping.title),
    dedupKey: optional(mapping.dedupKey),
    status:
      status === undefined
        ? null
        : {
            from: compiled(status.from),
            values: new Map([
              ...status.firing.map((value) => [fold(value), 'firing'] as const),
              ...status.ignored.map((value) => [fold(value), 'ignored'] as const),
              ...status.resolved.map((value) => [fold(value), 'resolved'] as const),
            ]),
            otherwise: status.otherwise,
          },
    severity:
      severity === undefined
        ? null
        : {
            from: compiled(severity.from),
            values: new Map(Object.entries(severity.values).map(([value, to]) => [fold(value), to])),
            otherwise: severity.otherwise,
          },
    source: optional(mapping.source),
    url: optional(mapping.url),
    labels: Object.entries(mapping.labels).map(([name, source]) => [name, compiled(source)]),
  };
}

function compiled(source: string): Template {
  const parsed = parseTemplate(source);
  if (!parsed.ok) throw new Error(`stored template cannot be read: ${parsed.message}`);
  return parsed.value;
}

function optional(source: string | undefined): Template | null {
  return source === undefined ? null : compiled(source);
}

const fold = (text: string) => text.trim().toLowerCase();

/**
 * What a payload becomes: a signal with what became of each field, nothing (`ignored`), or a refusal. A title, and a
 * key when the mapping names one, must be there; what else cannot be read is left out and said.
 */
export function applyMapping(mapping: CompiledMapping, value: unknown): Mapped {
  const fields: FieldOutcome[] = [];
  const status = statusOf(mapping, value, fields);
  if (status.outcome === 'ignored') return { outcome: 'ignored', why: status.why, fields };
  const title = required('title', mapping.title, value, fields);
  const dedupKey = mapping.dedupKey === null ? null : required('dedupKey', mapping.dedupKey, value, fields);
  const severity = severityOf(mapping, value, fields);
  const source = left('source', mapping.source, value, fields, MAX_SOURCE);
  const url = urlOf(mapping, value, fields);
  const labels = labelsOf(mapping, value, fields);
  const errors = fields
    .filter(({ field, value: made }) => made === null && (field === 'title' || field === 'dedupKey'))
    .map(({ field, note }) => ({ path: 'body', message: `has no ${NAMES[field] ?? field}: ${note ?? 'it is empty'}` }));
  if (title === null || errors.length > 0) return { outcome: 'refused', errors, fields };
  const body = intakeBody.parse({
    title: cut(oneLine(title), MAX_TITLE),
    ...(dedupKey === null ? {} : { dedupKey: shortKey(dedupKey) }),
    status: status.outcome,
    severity,
    ...(source === null ? {} : { source }),
    ...(url === null ? {} : { url }),
    labels,
  });
  return { outcome: status.outcome, body, fields };
}

function statusOf(mapping: CompiledMapping, value: unknown, fields: FieldOutcome[]): { outcome: Outcome; why: string } {
  const { status } = mapping;
  if (status === null) return { outcome: 'firing', why: '' };
  const { text, missing } = render(status.from, value);
  const known = text === null ? undefined : status.values.get(fold(text));
  const outcome = known ?? status.otherwise;
  const said = text === null ? (missing[0] ?? 'is empty') : `“${cut(text, 80)}”`;
  const note = known === undefined ? `${said}: stands in no list, so ${outcome}` : `from ${said}`;
  fields.push({ field: 'status', value: outcome, note });
  return { outcome, why: `The mapping ignores this status (${said}).` };
}

function severityOf(mapping: CompiledMapping, value: unknown, fields: FieldOutcome[]): SignalSeverity {
  const { severity } = mapping;
  if (severity === null) return 'error';
  const { text, missing } = render(severity.from, value);
  const known = text === null ? undefined : severity.values.get(fold(text));
  const made = known ?? severity.otherwise;
  const said = text === null ? (missing[0] ?? 'is empty') : `“${cut(text, 80)}”`;
  fields.push({
    field: 'severity',
    value: made,
    note: known === undefined ? `${said}: not in the table, so ${made}` : `from ${said}`,
  });
  return made;
}

function required(field: string, template: Template, value: unknown, fields: FieldOutcome[]): string | null {
  const { text, missing } = render(template, value);
  fields.push({ field, value: text === null ? null : cut(text, MAX_TITLE), note: missing.join('; ') || null });
  return text;
}

function left(field: string, template: Template | null, value: unknown, fields: FieldOutcome[], max: number) {
  if (template === null) return null;
  const { text, missing } = render(template, value);
  const made = text === null ? null : cut(text, max);
  fields.push({ field, value: made, note: missing.join('; ') || null });
  return made;
}

/** A link that is none is left out: the signal is worth more. */
function urlOf(mapping: CompiledMapping, value: unknown, fields: FieldOutcome[]): string | null {
  if (mapping.url === null) return null;
  const { text, missing } = render(mapping.url, value);
  const fits = text === null || intakeBody.shape.url.safeParse(text).success;
  const note = fits ? missing.join('; ') || null : `“${cut(text, 80)}” is not an http or https address`;
  fields.push({ field: 'url', value: fits ? text : null, note });
  return fits ? text : null;
}

function labelsOf(mapping: CompiledMapping, value: unknown, fields: FieldOutcome[]): Record<string, string> {
  return Object.fromEntries(
    mapping.labels.flatMap(([name, template]) => {
      const text = left(`labels.${name}`, template, value, fields, MAX_LABEL);
      return text === null ? [] : [[name, text] as const];
    }),
  );
}

function oneLine(text: string): string {
  return text
    .split(/[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).toWellFormed()}…`;
}

/** Long keys keep their difference: what is cut off is replaced by its digest. */
function shortKey(key: string): string {
  if (key.length <= MAX_KEY) return key;
  return `${key.slice(0, MAX_KEY - 70).toWellFormed()} ${createHash('sha256').update(key).digest('hex')}`;
}
